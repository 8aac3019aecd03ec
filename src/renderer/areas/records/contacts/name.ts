/** A person's name or address typed in one field, for the fields of a contact. */

export interface NameParts {
  firstName: string
  lastName: string
  email: string
}

/** "Ann van Dyk" → Ann, van Dyk; "ann@acme.com" → the e-mail address; "Dyk, Ann" turned round. */
export function splitName(text: string): NameParts {
  const typed = text.trim()
  if (/^\S+@\S+$/.test(typed)) return { firstName: '', lastName: '', email: typed }
  const turned = /^([^,]+),\s*(.+)$/.exec(typed)
  if (turned) return { firstName: turned[2] ?? '', lastName: turned[1] ?? '', email: '' }
  const [firstName = '', ...rest] = typed.split(/\s+/)
  return { firstName, lastName: rest.join(' '), email: '' }
}
