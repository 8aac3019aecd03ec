/** The teams: who leads them, how many belong to them; create, change, delete. */
import { Button, Group, Modal, Stack, Table, Text, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconUsersGroup } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { zod4Resolver } from 'mantine-form-zod-resolver'
import { useState } from 'react'
import * as z from 'zod'
import { Reference } from '../../../../contract/kernel/shapes'
import { Team } from '../../../../contract/records/users'
import { api } from '../../../api'
import { editFrom, recordIn } from '../../../app/clashes/edit'
import { draftKey } from '../../../app/drafts/key'
import { useDraftRequest } from '../../../app/drafts/useDraft'
import { useFormDraft } from '../../../app/drafts/useFormDraft'
import { useMay } from '../../../app/session'
import { CancelButton } from '../../../ui/drafts/CancelButton'
import { DraftNotice } from '../../../ui/drafts/DraftNotice'
import { EmptyState } from '../../../ui/EmptyState'
import { FormProblem, showRefusal, textOrNull } from '../../../ui/forms'
import { LoadState } from '../../../ui/LoadState'
import { ReferencePicker } from '../../../ui/ReferencePicker'
import { RowActions } from '../../../ui/RowActions'
import { SettingsCard } from '../../../ui/settings/SettingsFrame'
import { SettingsTable } from '../../../ui/settings/SettingsTable'
import classes from './users.module.css'

/** More teams than anybody has; a list that long would be searched, not read. */
const most = 500

export interface TeamsListProps {
  /** Whether a new one is being written. */
  creating: boolean
  onCreating(creating: boolean): void
}

export function TeamsList({ creating, onCreating }: TeamsListProps) {
  const cache = useQueryClient()
  const mayAdminister = useMay('administer')
  const teams = useQuery(api.teams.list.queryOptions({ input: { limit: most } }))
  const [editing, setEditing] = useState<Team | null>(null)
  const teamOf = (key: string) => teams.data?.items.find((team) => teamKey(team) === key)
  useDraftRequest(
    (key) => mayAdminister && (key === teamKey(null) || teamOf(key) !== undefined),
    (key) => {
      setEditing(teamOf(key) ?? null)
      onCreating(key === teamKey(null))
    },
  )
  const remove = useMutation({
    ...api.teams.remove.mutationOptions(),
    onSuccess: () => cache.invalidateQueries({ queryKey: api.teams.key() }),
  })
  return (
    <SettingsCard flush>
      <LoadState query={teams} what="the teams">
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState
              size="sm"
              icon={IconUsersGroup}
              title="No teams yet"
              text="Teams gather users under a manager; lists and reports can be narrowed to one."
            />
          ) : (
            <SettingsTable
              verticalSpacing={7}
              className={classes.table}
              head={
                <>
                  <Table.Th>Team</Table.Th>
                  <Table.Th className={classes.wide}>Manager</Table.Th>
                  <Table.Th className={classes.number}>Members</Table.Th>
                  {mayAdminister && <Table.Th aria-label="Actions" w={90} />}
                </>
              }
            >
              {items.map((team) => (
                <Table.Tr key={team.id}>
                  <Table.Td>
                    <Text size="sm" fw={550}>
                      {team.name}
                    </Text>
                    {team.description && (
                      <Text size="xs" c="dimmed">
                        {team.description}
                      </Text>
                    )}
                  </Table.Td>
                  <Table.Td className={classes.wide}>{team.manager?.name ?? '–'}</Table.Td>
                  <Table.Td className={classes.number}>{team.members.toLocaleString()}</Table.Td>
                  {mayAdminister && (
                    <Table.Td>
                      <RowActions
                        name={team.name}
                        onChange={() => setEditing(team)}
                        onRemove={() => remove.mutate({ id: team.id })}
                        hint="Delete; its members stay"
                      />
                    </Table.Td>
                  )}
                </Table.Tr>
              ))}
            </SettingsTable>
          )
        }
      </LoadState>
      {(editing || creating) && (
        <TeamDialog
          team={editing}
          onClose={() => {
            setEditing(null)
            onCreating(false)
          }}
        />
      )}
    </SettingsCard>
  )
}

const Values = z.object({
  name: Team.shape.name,
  description: z.string().max(100_000),
  managerId: Reference.nullable(),
})
const check = zod4Resolver(Values)

const teamKey = (team: Team | null) => draftKey('team', team?.id ?? 'new')

function TeamDialog({ team, onClose }: { team: Team | null; onClose(): void }) {
  const cache = useQueryClient()
  const blank = {
    name: team?.name ?? '',
    description: team?.description ?? '',
    managerId: team?.manager ?? null,
  }
  const form = useForm<z.output<typeof Values>>({
    initialValues: blank,
    validate: check,
  })
  const draft = useFormDraft(form, {
    key: teamKey(team),
    title: team ? `Team ${team.name}` : 'New team',
    recordId: team?.id,
    blank,
    basedOn: team ?? undefined,
  })
  const done = {
    meta: { showsProblem: true },
    onSuccess: () => {
      draft.done()
      void cache.invalidateQueries({ queryKey: api.teams.key() })
      onClose()
    },
    onError: (error: unknown) => showRefusal(form, error),
  }
  const create = useMutation({ ...api.teams.create.mutationOptions(), ...done })
  const update = useMutation({ ...api.teams.update.mutationOptions(), ...done })
  return (
    <Modal opened onClose={onClose} title={team ? `Change “${team.name}”` : 'New team'}>
      <form
        noValidate
        onSubmit={form.onSubmit(({ name, description, managerId }) => {
          const fields = {
            name,
            description: textOrNull(description),
            managerId: managerId?.id ?? null,
          }
          if (team)
            update.mutate({ id: team.id, ...editFrom(recordIn(draft.basedOn, team), fields) })
          else create.mutate(fields)
        })}
      >
        <Stack gap="md">
          <DraftNotice draft={draft} />
          <TextInput label="Name" required data-autofocus {...form.getInputProps('name')} />
          <ReferencePicker
            of="user"
            label="Manager"
            placeholder="Nobody"
            {...form.getInputProps('managerId')}
            value={form.values.managerId}
            onChange={(manager) => form.setFieldValue('managerId', manager)}
          />
          <Textarea
            label="Description"
            autosize
            minRows={2}
            maxRows={6}
            {...form.getInputProps('description')}
          />
          <FormProblem form={form} />
          <Group justify="flex-end">
            <CancelButton draft={draft} onClose={onClose} />
            <Button type="submit" loading={create.isPending || update.isPending}>
              {team ? 'Save' : 'Create the team'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
