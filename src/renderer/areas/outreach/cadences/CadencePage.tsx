/** One cadence: its steps, how it behaves, and what became of those it took in. */
import { ActionIcon, Alert, Button, Group, Menu, Stack, Tabs, Text } from '@mantine/core'
import {
  IconAlertCircle,
  IconArchive,
  IconArrowLeft,
  IconCopy,
  IconDots,
  IconPlayerPlay,
  IconTrash,
} from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { CadenceWithSteps } from '../../../../contract/outreach/cadences'
import { api } from '../../../api'
import { useApp } from '../../../app/actions'
import { useMay } from '../../../app/session'
import { CommitText } from '../../../ui/CommitText'
import { LoadState } from '../../../ui/LoadState'
import { StopBanner } from '../messages/StopBanner'
import { AssignLeads } from '../plans/AssignActions'
import { CadenceAnalytics } from './analytics/CadenceAnalytics'
import { BehaviourCard } from './BehaviourCard'
import classes from './cadences.module.css'
import { StateBadge } from './StateBadge'
import { StepsEditor } from './StepsEditor'

const route = getRouteApi('/cadences/$id')

export default function CadencePage() {
  const { id } = route.useParams()
  const query = useQuery(api.cadences.get.queryOptions({ input: { id } }))
  return (
    <div className={classes.scroll}>
      <div className={classes.page}>
        <LoadState query={query} what="this cadence">
          {(cadence) => <Loaded key={cadence.id} cadence={cadence} />}
        </LoadState>
      </div>
    </div>
  )
}

function Loaded({ cadence }: { cadence: CadenceWithSteps }) {
  const mayWrite = useMay('write')
  const update = useMutation(api.cadences.update.mutationOptions({ meta: { showsProblem: true } }))
  const readOnly = !mayWrite || cadence.state === 'archived' || cadence.deletedAt !== null
  return (
    <>
      <Group gap="sm" wrap="nowrap" mb="xs">
        <ActionIcon component={Link} to="/cadences" aria-label="All cadences">
          <IconArrowLeft size={18} />
        </ActionIcon>
        <div className={classes.name}>
          <CommitText
            label="Name of the cadence"
            value={cadence.name}
            disabled={readOnly}
            maxLength={120}
            fw={650}
            size="md"
            onCommit={(name, before) =>
              update.mutateAsync({ id: cadence.id, name, basedOn: { name: before } })
            }
          />
        </div>
        <StateBadge state={cadence.state} />
        <Actions cadence={cadence} mayWrite={mayWrite} />
      </Group>
      {cadence.issues.length > 0 && cadence.state === 'draft' && (
        <Text size="sm" c="dimmed" mb="sm">
          {cadence.issues.length === 1
            ? 'One thing keeps it from taking leads in; it is marked below.'
            : `${cadence.issues.length} things keep it from taking leads in; they are marked below.`}
        </Text>
      )}
      <div className={classes.banner}>
        <StopBanner />
      </div>
      <Tabs defaultValue="steps" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="steps">Steps</Tabs.Tab>
          <Tabs.Tab value="behaviour">Behaviour</Tabs.Tab>
          <Tabs.Tab value="figures">Figures</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="steps">
          <StepsEditor cadence={cadence} readOnly={readOnly} />
        </Tabs.Panel>
        <Tabs.Panel value="behaviour">
          <BehaviourCard cadence={cadence} readOnly={readOnly} />
        </Tabs.Panel>
        <Tabs.Panel value="figures">
          <CadenceAnalytics id={cadence.id} />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}

function Actions({ cadence, mayWrite }: { cadence: CadenceWithSteps; mayWrite: boolean }) {
  const app = useApp()
  const update = useMutation(api.cadences.update.mutationOptions({ meta: { showsProblem: true } }))
  const duplicate = useMutation(api.cadences.duplicate.mutationOptions())
  const remove = useMutation(api.cadences.remove.mutationOptions())
  if (!mayWrite) return null
  const set = (state: CadenceWithSteps['state']) => update.mutate({ id: cadence.id, state })
  return (
    <Stack gap={4} align="flex-end">
      <Group gap="xs" wrap="nowrap">
        {cadence.state === 'draft' && (
          <Button
            leftSection={<IconPlayerPlay size={16} />}
            loading={update.isPending}
            disabled={cadence.issues.length > 0}
            onClick={() => set('active')}
          >
            Activate
          </Button>
        )}
        {cadence.state === 'active' && (
          <AssignLeads cadence={{ id: cadence.id, name: cadence.name }} />
        )}
        {cadence.state === 'archived' && (
          <Button variant="default" loading={update.isPending} onClick={() => set('draft')}>
            Take out of the archive
          </Button>
        )}
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label="More for this cadence">
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
            {cadence.state !== 'archived' && (
              <Menu.Item leftSection={<IconArchive size={16} />} onClick={() => set('archived')}>
                Archive
              </Menu.Item>
            )}
            <Menu.Item
              color="red"
              leftSection={<IconTrash size={16} />}
              onClick={() =>
                remove.mutate({ id: cadence.id }, { onSuccess: () => app.goTo('/cadences') })
              }
            >
              Delete
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      {update.error && (
        <Alert color="red" p="xs" icon={<IconAlertCircle size={16} />} role="alert">
          {update.error.message}
        </Alert>
      )}
    </Stack>
  )
}
