/** The workspace's own settings: what it is called, its money, its days, how long things are kept. */
import { NumberInput, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { zod4Resolver } from 'mantine-form-zod-resolver'
import { Workspace } from '../../../../contract/kernel/workspace'
import { api } from '../../../api'
import { editFrom, recordIn } from '../../../app/clashes/edit'
import { useFormDraft } from '../../../app/drafts/useFormDraft'
import { useMay } from '../../../app/session'
import { CurrencySelect } from '../../../ui/CurrencySelect'
import { DraftNotice } from '../../../ui/drafts/DraftNotice'
import { FormProblem, showRefusal, useEditedRecord, wholeNumber } from '../../../ui/forms'
import { LoadState } from '../../../ui/LoadState'
import { FormButtons } from '../../../ui/settings/FormButtons'
import { ReadOnlyNote } from '../../../ui/settings/ReadOnlyNote'
import { SettingsCard, SettingsFrame } from '../../../ui/settings/SettingsFrame'
import { TimezoneSelect } from '../../../ui/TimezoneSelect'

/** How long things are kept, in days; of backups how many. */
const kept = [
  { field: 'trashDays', label: 'Days in the trash', most: 3650 },
  { field: 'backupsKept', label: 'Daily backups kept', most: 365 },
  { field: 'notificationDays', label: 'Days read notifications stay', most: 3650 },
  { field: 'deliveryDays', label: 'Days deliveries are kept', most: 3650 },
  { field: 'jobRunDays', label: 'Days runs of jobs are kept', most: 3650 },
] as const

const days = wholeNumber(1, 3650)
const Values = Workspace.omit({ onboarded: true }).extend({
  trashDays: days,
  backupsKept: wholeNumber(1, 365),
  notificationDays: days,
  deliveryDays: days,
  jobRunDays: days,
})
const check = zod4Resolver(Values)

export function WorkspaceSection() {
  const workspace = useQuery(api.settings.workspace.queryOptions())
  return (
    <SettingsFrame title="Workspace" text="What holds for everybody who works in this database.">
      <LoadState query={workspace} what="the workspace’s settings">
        {(stored) => <WorkspaceForm stored={stored} />}
      </LoadState>
    </SettingsFrame>
  )
}

const valuesOf = ({ onboarded: _onboarded, ...values }: Workspace) => values

function WorkspaceForm({ stored }: { stored: Workspace }) {
  const cache = useQueryClient()
  const mayConfigure = useMay('configure')
  const form = useForm({ initialValues: valuesOf(stored), validate: check })
  const edited = useEditedRecord(form, stored, valuesOf)
  const draft = useFormDraft(form, {
    key: mayConfigure ? 'workspace' : null,
    title: 'Settings of the workspace',
    blank: valuesOf(stored),
    basedOn: stored,
  })
  const save = useMutation({
    ...api.settings.updateWorkspace.mutationOptions(),
    meta: { showsProblem: true },
    onSuccess: (saved) => {
      draft.saved()
      edited.saved(saved)
      cache.setQueryData(api.settings.workspace.queryKey(), saved)
    },
    onError: (error) => showRefusal(form, error),
  })
  const changed = form.isDirty()
  return (
    <form
      onSubmit={form.onSubmit((values) =>
        save.mutate(editFrom(recordIn(draft.restoredFrom, edited.before()), values)),
      )}
      noValidate
    >
      <Stack gap="md">
        {!mayConfigure && <ReadOnlyNote who="Managers and admins" />}
        <fieldset
          disabled={!mayConfigure}
          style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}
        >
          <Stack gap="md">
            <DraftNotice draft={draft} />
            <SettingsCard>
              <TextInput label="Name" maxLength={120} required {...form.getInputProps('name')} />
              <SimpleGrid cols={{ base: 1, sm: 2 }}>
                <CurrencySelect
                  label="Currency"
                  description="New leads and imports begin with it."
                  required
                  allowDeselect={false}
                  {...form.getInputProps('currency')}
                />
                <TimezoneSelect
                  label="Time zone"
                  required
                  allowDeselect={false}
                  {...form.getInputProps('timezone')}
                />
              </SimpleGrid>
            </SettingsCard>
            <SettingsCard title="What reps see">
              <Switch
                label="Reps see all companies and contacts"
                description="Off: a rep sees the ones they own, and those of their own leads, customers and tasks. Either way, only the owner, a manager or an admin can change the owner, delete, restore or edit in bulk."
                {...form.getInputProps('repsSeeAllContacts', { type: 'checkbox' })}
              />
            </SettingsCard>
            <SettingsCard
              title="How long things are kept"
              text="Deleted records can be brought back until then; older backups make room for new ones."
            >
              <SimpleGrid cols={{ base: 1, sm: 2 }}>
                {kept.map(({ field, label, most }) => (
                  <NumberInput
                    key={field}
                    label={label}
                    min={1}
                    max={most}
                    clampBehavior="none"
                    allowDecimal={false}
                    required
                    {...form.getInputProps(field)}
                  />
                ))}
              </SimpleGrid>
            </SettingsCard>
          </Stack>
        </fieldset>
        <FormProblem form={form} />
        {mayConfigure && (
          <FormButtons saving={save.isPending} changed={changed} onDiscard={draft.startOver} />
        )}
      </Stack>
    </form>
  )
}
