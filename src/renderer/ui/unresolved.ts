/**
 * A field whose text is not a value yet holds back the form around it: it is marked with
 * `data-unresolved`, hears `invalid` when the form was to be saved, and then says what is missing.
 */

/** Fields that are still finding out what was typed. */
const settling = new WeakMap<Element, Promise<unknown>>()

/** The form waits for this before it is saved. */
export function waitFor(field: Element, found: Promise<unknown>): void {
  settling.set(field, found)
  const settled = () => {
    if (settling.get(field) === found) settling.delete(field)
  }
  found.then(settled, settled)
}

/** What a field is given while its text is not a value. */
export const unresolved = (is: boolean) => (is ? { 'data-unresolved': true as const } : {})

/** Holds back every form on the page that has such a field. */
export function guardForms(page: Document): void {
  page.addEventListener(
    'submit',
    (event) => {
      const form = event.target
      if (!(form instanceof HTMLFormElement)) return
      const fields = unresolvedIn(form)
      if (fields.length === 0) return
      event.preventDefault()
      event.stopImmediatePropagation()
      const waiting = fields.flatMap((field) => settling.get(field) ?? [])
      if (waiting.length > 0) {
        const { submitter } = event
        void Promise.allSettled(waiting).then(() =>
          // By then the field has given its value to the form.
          setTimeout(() => form.isConnected && form.requestSubmit(submitter)),
        )
        return
      }
      fields[0]?.focus()
      for (const field of fields) field.dispatchEvent(new Event('invalid', { cancelable: true }))
    },
    { capture: true },
  )
}

function unresolvedIn(form: HTMLFormElement): HTMLElement[] {
  const marked = [...form.querySelectorAll<HTMLElement>('[data-unresolved]')]
  // Half a date is no date, and its field would answer that it is empty.
  const half = [...form.elements].filter(
    (field): field is HTMLInputElement =>
      field instanceof HTMLInputElement && field.validity.badInput && !marked.includes(field),
  )
  return [...marked, ...half]
}

/** Saves a form by a key: what is still being typed in the focused field becomes its value first. */
export function submitForm(form: HTMLFormElement): void {
  const active = document.activeElement
  const commits = active instanceof HTMLElement && active.closest('[data-commits-on-leaving]')
  if (commits && form.contains(active)) active.blur()
  setTimeout(() => form.isConnected && form.requestSubmit())
}
