/** The dialog in which a record is created: checked while typing ends, refusals beside their field. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { type UseFormReturnType, useForm } from '@mantine/form'
import { zod4Resolver } from 'mantine-form-zod-resolver'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import type { ZodType } from 'zod'
import { useApp, useOnTop } from '../../app/actions'
import type { CreateDialogProps } from '../../app/create'
import { Keys } from '../../app/Keys'
import { fieldErrors, messageOf } from '../../app/problems'
import { kinds, type PageKind } from '../../app/records'
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
  submit(): void
  close(): void
}

export function useCreateForm<Values extends object, Input>(
  options: CreateFormOptions<Values, Input>,
): CreateForm<Values> {
  const { kind, values, schema, toInput, create, dialog } = options
  const app = useApp()
  const [saving, setSaving] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const check = zod4Resolver(schema)
  const fields = Object.keys(values)
  const form = useForm<Values>({
    initialValues: values,
    validate: (current) => onFields(check(toInput(current) as Record<string, unknown>), fields),
    validateInputOnBlur: false,
  })
  const save = form.onSubmit(async (current) => {
    setSaving(true)
    setProblem(null)
    try {
      const record = await create(toInput(current))
      dialog.onClose()
      if (dialog.onCreated) dialog.onCreated(record)
      else app.openRecord(kind, record.id)
    } catch (error) {
      const { '': rest, ...errors } = fieldErrors(error, fields)
      form.setErrors(errors)
      setProblem(rest ?? (Object.keys(errors).length === 0 ? messageOf(error) : null))
      setSaving(false)
    }
  })
  return {
    form,
    kind,
    saving,
    problem,
    submit: () => save(),
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
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !disabled) {
      event.preventDefault()
      state.submit()
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
          {children}
          {state.problem && (
            <Text size="sm" c="red" role="alert">
              {state.problem}
            </Text>
          )}
          <Group justify="flex-end" mt="xs">
            <Button variant="default" onClick={state.close}>
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
