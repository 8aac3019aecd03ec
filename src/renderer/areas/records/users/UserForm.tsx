/** The fields of a user, to create one or change it. */
import { Group, Radio, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { zod4Resolver } from 'mantine-form-zod-resolver'
import * as z from 'zod'
import { Email, Reference } from '../../../../contract/kernel/shapes'
import { roles } from '../../../../contract/kernel/words'
import { User } from '../../../../contract/records/users'
import { api } from '../../../api'
import { editFrom, recordIn } from '../../../app/clashes/edit'
import { draftKey } from '../../../app/drafts/key'
import { useFormDraft } from '../../../app/drafts/useFormDraft'
import { DraftNotice } from '../../../ui/drafts/DraftNotice'
import { FormProblem, showRefusal, textOrNull, useEditedRecord } from '../../../ui/forms'
import { ReferencePicker } from '../../../ui/ReferencePicker'
import { FormButtons } from '../../../ui/settings/FormButtons'
import { TimezoneSelect } from '../../../ui/TimezoneSelect'
import { roleTexts } from './roles'

const Values = z.object({
  name: User.shape.name,
  email: z.union([z.literal(''), Email]),
  role: z.enum(roles),
  teamId: Reference.nullable(),
  managerId: Reference.nullable(),
  timezone: z.string().nullable(),
  signature: z.string().max(100_000),
  externalId: z.string().max(255, 'must have at most 255 characters'),
})
type Values = z.output<typeof Values>
const check = zod4Resolver(Values)

export interface UserFormProps {
  /** Null for a new one. */
  user: User | null
  readOnly?: boolean
  onSaved?: (user: User) => void
}

/** What a new one is edited from. */
const nobody = {}

export function UserForm({ user, readOnly = false, onSaved }: UserFormProps) {
  const cache = useQueryClient()
  const form = useForm<Values>({ initialValues: valuesOf(user), validate: check })
  const edited = useEditedRecord<Values, User | typeof nobody>(form, user ?? nobody, (row) =>
    valuesOf(row === nobody ? null : (row as User)),
  )
  const draft = useFormDraft(form, {
    key: readOnly ? null : draftKey('user', user?.id ?? 'new'),
    title: user ? `User ${user.name}` : 'New user',
    recordId: user?.id,
    blank: valuesOf(user),
    basedOn: user ?? undefined,
  })
  const done = {
    meta: { showsProblem: true },
    onSuccess: (saved: User) => {
      draft.saved()
      edited.saved(saved)
      cache.setQueryData(api.users.get.queryKey({ input: { id: saved.id } }), saved)
      void cache.invalidateQueries({ queryKey: api.users.list.key() })
      onSaved?.(saved)
    },
    onError: (error: unknown) => showRefusal(form, error),
  }
  const create = useMutation({ ...api.users.create.mutationOptions(), ...done })
  const update = useMutation({ ...api.users.update.mutationOptions(), ...done })
  const changed = form.isDirty()
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) => {
        const fields = {
          name: values.name,
          email: textOrNull(values.email),
          role: values.role,
          teamId: values.teamId?.id ?? null,
          managerId: values.managerId?.id ?? null,
          timezone: values.timezone,
          signature: textOrNull(values.signature),
          externalId: textOrNull(values.externalId),
        }
        if (user)
          update.mutate({
            id: user.id,
            ...editFrom(recordIn(draft.restoredFrom, edited.before()), fields),
          })
        else create.mutate(fields)
      })}
    >
      <fieldset disabled={readOnly} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
        <Stack gap="md">
          <DraftNotice draft={draft} />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput
              label="Name"
              required
              autoFocus={user === null}
              {...form.getInputProps('name')}
            />
            <TextInput label="E-mail" type="email" {...form.getInputProps('email')} />
          </SimpleGrid>
          <Radio.Group label="Role" {...form.getInputProps('role')}>
            <SimpleGrid cols={{ base: 1, sm: 3 }} mt={6} spacing="sm">
              {roles.map((role) => (
                <Radio.Card key={role} value={role} p="sm" radius="md">
                  <Group wrap="nowrap" align="flex-start" gap="sm">
                    <Radio.Indicator size="xs" mt={3} />
                    <Stack gap={2}>
                      <span style={{ fontWeight: 600 }}>{roleTexts[role].label}</span>
                      <span
                        style={{
                          color: 'var(--mantine-color-dimmed)',
                          fontSize: 'var(--mantine-font-size-xs)',
                        }}
                      >
                        {roleTexts[role].text}
                      </span>
                    </Stack>
                  </Group>
                </Radio.Card>
              ))}
            </SimpleGrid>
          </Radio.Group>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <ReferencePicker
              of="team"
              label="Team"
              placeholder="None"
              error={form.errors.teamId}
              value={form.values.teamId}
              onChange={(team) => form.setFieldValue('teamId', team)}
            />
            <ReferencePicker
              of="user"
              label="Manager"
              placeholder="Nobody"
              error={form.errors.managerId}
              value={form.values.managerId}
              onChange={(manager) => form.setFieldValue('managerId', manager)}
              only={(option) => option.id !== user?.id}
            />
          </SimpleGrid>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TimezoneSelect
              label="Time zone"
              placeholder="As the workspace"
              clearable
              {...form.getInputProps('timezone')}
            />
            <TextInput
              label="Name in other systems"
              description="Imports recognise the user by it."
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              {...form.getInputProps('externalId')}
            />
          </SimpleGrid>
          <Textarea
            label="Signature"
            autosize
            minRows={2}
            maxRows={8}
            {...form.getInputProps('signature')}
          />
          <FormProblem form={form} />
          {!readOnly && (
            <FormButtons
              saving={create.isPending || update.isPending}
              changed={user !== null && changed}
              disabled={user !== null && !changed}
              label={user ? 'Save' : 'Create the user'}
              onDiscard={draft.startOver}
            />
          )}
        </Stack>
      </fieldset>
    </form>
  )
}

const valuesOf = (user: User | null): Values => ({
  name: user?.name ?? '',
  email: user?.email ?? '',
  role: user?.role ?? 'rep',
  teamId: user?.team ?? null,
  managerId: user?.manager ?? null,
  timezone: user?.timezone ?? null,
  signature: user?.signature ?? '',
  externalId: user?.externalId ?? '',
})
