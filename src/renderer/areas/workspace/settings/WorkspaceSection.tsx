/** The workspace's own settings: what it is called, its money, its days, how long things are kept. */
import { Button, Group, NumberInput, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core'
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
import { ReadOnlyNote } from '../../../ui/settings/ReadOnlyNote'
import { SettingsCard, SettingsFrame } from '../../../ui/settings/SettingsFrame'
import { TimezoneSelect } from '../../../ui/TimezoneSelect'

const Values = Workspace.omit({ onboarded: true }).extend({
  trashDays: wholeNumber(1, 3650),
  backupsKept: wholeNumber(1, 365),
  notificationDays: wholeNumber(1, 3650),
  deliveryDays: wholeNumber(1, 3650),
  jobRunDays: wholeNumber(1, 3650),
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
                <NumberInput
                  label="Days in the trash"
                  min={1}
                  max={3650}
                  clampBehavior="none"
                  allowDecimal={false}
                  required
                  {...form.getInputProps('trashDays')}
                />
                <NumberInput
                  label="Daily backups kept"
                  min={1}
                  max={365}
                  clampBehavior="none"
                  allowDecimal={false}
                  required
                  {...form.getInputProps('backupsKept')}
                />
                <NumberInput
                  label="Days read notifications stay"
                  min={1}
                  max={3650}
                  clampBehavior="none"
                  allowDecimal={false}
                  required
                  {...form.getInputProps('notificationDays')}
                />
                <NumberInput
                  label="Days deliveries are kept"
                  min={1}
                  max={3650}
                  clampBehavior="none"
                  allowDecimal={false}
                  required
                  {...form.getInputProps('deliveryDays')}
                />
                <NumberInput
                  label="Days runs of jobs are kept"
                  min={1}
                  max={3650}
                  clampBehavior="none"
                  allowDecimal={false}
                  required
                  {...form.getInputProps('jobRunDays')}
                />
              </SimpleGrid>
            </SettingsCard>
          </Stack>
        </fieldset>
        <FormProblem form={form} />
        {mayConfigure && (
          <Group>
            <Button type="submit" loading={save.isPending} disabled={!changed}>
              Save
            </Button>
            {changed && (
              <Button variant="default" onClick={draft.startOver}>
                Discard changes
              </Button>
            )}
          </Group>
        )}
      </Stack>
    </form>
  )
}
