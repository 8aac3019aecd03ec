/** The dialog in which a record is created: checked while typing ends, refusals beside their field. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { type UseFormReturnType, useForm } from '@mantine/form'
import { zod4Resolver } from 'mantine-form-zod-resolver'
import { Fragment, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import type { ZodType } from 'zod'
import { useApp, useOnTop } from '../../app/actions'
import type { CreateDialogProps } from '../../app/create'
import { createKey } from '../../app/drafts/key'
import { type DraftHandle, useKeeping, useKept } from '../../app/drafts/useDraft'
import { Keys } from '../../app/Keys'
import { sayNotSaved } from '../../app/notSaved'
import { placeNow } from '../../app/place'
import { fieldErrors, messageOf } from '../../app/problems'
import { kinds, type PageKind } from '../../app/records'
import { DraftNotice } from '../drafts/DraftNotice'
import { submitForm } from '../unresolved'
import { useNarrow } from '../useNarrow'

export interface CreateFormOptions<Values extends object, Input> {
  kind: PageKind
  values: Values
  /** The create procedure's shape. */
  schema: ZodType<unknown, Input>
  /** What is sent for the values. */
  toInput(values: Values): Input
  /** Creates it; answers its id and name. */
  create(input: Input): Promise<{ id: string; name: string }>
  dialog: CreateDialogProps
}

export interface BoundField<Value> {
  value: Value
  onChange(value: Value): void
  error: ReactNode
}

export interface CreateForm<Values extends object> {
  form: UseFormReturnType<Values>
  /** A field whose value is more than text: what its input is given. */
  field<Name extends keyof Values & string>(name: Name): BoundField<Values[Name]>
  kind: PageKind
  saving: boolean
  problem: string | null
  draft: DraftHandle
  submit(): void
  /** Puts it aside: what was typed is kept. */
  close(): void
}

export function useCreateForm<Values extends object, Input>(
  options: CreateFormOptions<Values, Input>,
): CreateForm<Values> {
  const { kind, schema, toInput, create, dialog } = options
  const [values] = useState(options.values)
  const app = useApp()
  const [saving, setSaving] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const check = zod4Resolver(schema)
  const fields = Object.keys(values)
  const key = createKey(kind, dialog)
  const kept = useKept(key, values)
  const form = useForm<Values>({
    initialValues: kept?.content ?? values,
    validate: (current) => onFields(check(toInput(current) as Record<string, unknown>), fields),
    validateInputOnBlur: false,
  })
  const draft = useKeeping({
    key,
    title: titleOf(kind, form.values),
    place: { dialog: `create.${kind}`, with: { ...dialog.initial } },
    kept,
    value: form.values,
    blank: values,
    put: (next) => form.setValues(next),
  })
  const shown = useRef(true)
  useEffect(() => {
    shown.current = true
    return () => {
      shown.current = false
    }
  }, [])
  const save = async (current: Values) => {
    const from = placeNow()
    setSaving(true)
    setProblem(null)
    try {
      const record = await create(toInput(current))
      draft.done()
      dialog.onClose()
      if (dialog.onCreated) dialog.onCreated(record)
      else app.openNew(kind, record, from)
    } catch (error) {
      if (!shown.current) return sayNotSaved(error)
      const { '': rest, ...errors } = fieldErrors(error, fields)
      form.setErrors(errors)
      setProblem(rest ?? (Object.keys(errors).length === 0 ? messageOf(error) : null))
      setSaving(false)
    }
  }
  return {
    form,
    kind,
    saving,
    problem,
    draft,
    submit: () => form.onSubmit(save)(),
    close: dialog.onClose,
    field: (name) => ({
      value: form.values[name],
      onChange: (value) => {
        form.setValues((before) => ({ ...before, [name]: value }))
        form.clearFieldError(name)
      },
      error: form.errors[name],
    }),
  }
}

/** "New lead: Acme roll-out". */
function titleOf(kind: PageKind, values: object): string {
  const { title, name, firstName, lastName, notes } = values as Record<string, unknown>
  const names = [title, name, [firstName, lastName].filter(Boolean).join(' '), notes]
  const first = names.find((text) => typeof text === 'string' && text.trim() !== '')
  return `New ${kinds[kind].one}${first ? `: ${String(first).trim().split('\n')[0]}` : ''}`
}

/** An error of `value.amount` belongs to the field `value`. */
function onFields(errors: Record<string, unknown>, fields: readonly string[]) {
  return Object.fromEntries(
    Object.entries(errors).map(([path, message]) => {
      const field = fields.find((name) => path === name || path.startsWith(`${name}.`))
      return [field ?? path, message as ReactNode]
    }),
  )
}

export interface CreateFrameProps<Values extends object> {
  state: CreateForm<Values>
  children: ReactNode
  size?: string
  /** Saving waits, e.g. for a field that cannot be read. */
  disabled?: boolean
}

export function CreateFrame<Values extends object>(props: CreateFrameProps<Values>) {
  const { state, children, size = 'lg', disabled = false } = props
  const narrow = useNarrow()
  const onTop = useOnTop()
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !disabled) {
      event.preventDefault()
      submitForm(event.currentTarget)
    }
  }
  return (
    <Modal
      opened
      onClose={state.close}
      title={`New ${kinds[state.kind].one}`}
      size={size}
      fullScreen={narrow}
      closeOnEscape={onTop}
    >
      <form
        noValidate
        onKeyDown={onKeyDown}
        onSubmit={(event) => {
          event.preventDefault()
          state.submit()
        }}
      >
        <Stack gap="sm">
          <DraftNotice draft={state.draft} />
          <Fragment key={state.draft.version}>{children}</Fragment>
          {state.problem && (
            <Text size="sm" c="red" role="alert">
              {state.problem}
            </Text>
          )}
          <Group justify="flex-end" mt="xs">
            <Button
              variant="default"
              onClick={() => {
                state.draft.discard()
                state.close()
              }}
            >
              Cancel
            </Button>
            <Button
              type="submit"
              loading={state.saving}
              disabled={disabled}
              rightSection={<Keys keys="mod+Enter" />}
            >
              Create {kinds[state.kind].one}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
