/** All cadences: what each does, whether it takes leads in, and how many are on their way. */
import { ActionIcon, Badge, Button, Group, Menu, SegmentedControl, Text } from '@mantine/core'
import {
  IconArchive,
  IconArchiveOff,
  IconCopy,
  IconDots,
  IconPlus,
  IconRoute,
  IconTrash,
} from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Cadence } from '../../../../contract/outreach/cadences'
import { api } from '../../../api'
import { useApp } from '../../../app/actions'
import { useMay } from '../../../app/session'
import { DateText } from '../../../ui/DateText'
import { EmptyState } from '../../../ui/EmptyState'
import { LoadState } from '../../../ui/LoadState'
import { PageTitle } from '../../../ui/PageTitle'
import { StopBanner } from '../messages/StopBanner'
import { CompareCadences } from './analytics/CompareCadences'
import classes from './cadences.module.css'
import { StateBadge } from './StateBadge'

const shown = {
  current: ['active', 'draft'],
  archived: ['archived'],
  compared: ['active', 'draft'],
} as const
type Shown = keyof typeof shown

export default function CadencesPage() {
  const app = useApp()
  const mayWrite = useMay('write')
  const [which, setWhich] = useState<Shown>('current')
  const cadences = useQuery(
    api.cadences.list.queryOptions({
      input: { state: [...shown[which]], sort: 'name', limit: 500 },
    }),
  )
  const create = useMutation(api.cadences.create.mutationOptions())
  const addReady = useMutation(api.cadences.addReady.mutationOptions())
  const begin = () =>
    create.mutate({ name: 'New cadence' }, { onSuccess: ({ id }) => app.goTo(`/cadences/${id}`) })
  return (
    <div className={classes.scroll}>
      <div className={classes.page}>
        <Group justify="space-between" mb="md">
          <PageTitle title="Cadences" size="h2" />
          <Group gap="sm">
            <SegmentedControl
              size="sm"
              aria-label="Which cadences"
              value={which}
              onChange={setWhich}
              data={[
                { value: 'current', label: 'In use' },
                { value: 'archived', label: 'Archived' },
                { value: 'compared', label: 'Compare' },
              ]}
            />
            {mayWrite && (
              <Button
                leftSection={<IconPlus size={16} />}
                loading={create.isPending}
                onClick={begin}
              >
                New cadence
              </Button>
            )}
          </Group>
        </Group>
        <div className={classes.banner}>
          <StopBanner />
        </div>
        <LoadState query={cadences} what="the cadences">
          {({ items }) =>
            which === 'compared' ? (
              <CompareCadences />
            ) : items.length === 0 ? (
              <EmptyState
                icon={IconRoute}
                title={which === 'archived' ? 'Nothing is archived' : 'No cadences yet'}
                text={
                  which === 'archived'
                    ? 'A cadence that is archived takes no more leads in and is kept with its figures.'
                    : 'A cadence says what to do next for a lead, step by step: call today, write in two days, call again on Monday.'
                }
              >
                {which === 'current' && mayWrite && (
                  <>
                    <Button loading={addReady.isPending} onClick={() => addReady.mutate({})}>
                      Begin with three ready ones
                    </Button>
                    <Button variant="default" loading={create.isPending} onClick={begin}>
                      Write one
                    </Button>
                  </>
                )}
              </EmptyState>
            ) : (
              <ul className={classes.list} aria-label="Cadences">
                {items.map((cadence) => (
                  <Row key={cadence.id} cadence={cadence} mayWrite={mayWrite} />
                ))}
              </ul>
            )
          }
        </LoadState>
      </div>
    </div>
  )
}

function Row({ cadence, mayWrite }: { cadence: Cadence; mayWrite: boolean }) {
  const app = useApp()
  const duplicate = useMutation(api.cadences.duplicate.mutationOptions())
  const update = useMutation(api.cadences.update.mutationOptions())
  const remove = useMutation(api.cadences.remove.mutationOptions())
  const archived = cadence.state === 'archived'
  return (
    <li className={classes.row}>
      <Link to="/cadences/$id" params={{ id: cadence.id }} className={classes.rowLink}>
        <Text fw={600} truncate>
          {cadence.name}
        </Text>
        <Text size="sm" c="dimmed" truncate>
          {cadence.description ?? 'No description'}
        </Text>
      </Link>
      <span className={classes.rowFacts}>
        <StateBadge state={cadence.state} />
        <Text size="sm" c="dimmed" className="tabular">
          {cadence.stepCount} {cadence.stepCount === 1 ? 'step' : 'steps'}
        </Text>
        {cadence.activePlans > 0 && (
          <Badge variant="light" color="gray">
            {cadence.activePlans.toLocaleString()} on the way
          </Badge>
        )}
        <Text size="sm" c="dimmed" visibleFrom="sm">
          <DateText value={cadence.updatedAt} />
        </Text>
      </span>
      {mayWrite && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={`More for ${cadence.name}`}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconCopy size={16} />}
              onClick={() =>
                duplicate.mutate(
                  { id: cadence.id },
                  { onSuccess: ({ id }) => app.goTo(`/cadences/${id}`) },
                )
              }
            >
              Duplicate
            </Menu.Item>
            <Menu.Item
              leftSection={archived ? <IconArchiveOff size={16} /> : <IconArchive size={16} />}
              onClick={() =>
                update.mutate({ id: cadence.id, state: archived ? 'draft' : 'archived' })
              }
            >
              {archived ? 'Take out of the archive' : 'Archive'}
            </Menu.Item>
            <Menu.Item
              color="red"
              leftSection={<IconTrash size={16} />}
              onClick={() => remove.mutate({ id: cadence.id })}
            >
              Delete
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </li>
  )
}
