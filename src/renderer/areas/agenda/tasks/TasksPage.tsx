/** All tasks as a list: what is open, by when it is due, and what is done. */
import { Button } from '@mantine/core'
import { IconCalendarClock, IconCheck, IconTrash } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client } from '../../../api'
import { countOf } from '../../../app/records'
import { useMay, useMe } from '../../../app/session'
import { type BulkTarget, pagesOf } from '../../../ui/list/definition'
import { RecordList } from '../../../ui/list/RecordList'
import { useListState } from '../../../ui/list/state'
import { TabbedPage } from '../../../ui/list/TabbedPage'
import { idsOfTarget } from '../../../ui/list/target'
import { machineZone, wallTimeOf } from '../../../ui/when/times'
import { WhenDialog } from '../../../ui/when/WhenDialog'
import { CalendarExport } from '../calendar/CalendarExport'
import { BulkChange } from './BulkChange'
import { taskList } from './list'

const tabs = [
  { value: 'open', label: 'Open' },
  { value: 'overdue', label: 'Overdue' },
  { value: 'today', label: 'Today' },
  { value: 'upcoming', label: 'Upcoming' },
  { value: 'done', label: 'Done' },
  { value: 'all', label: 'All' },
] as const
type Tab = (typeof tabs)[number]['value']

/** What a tab asks for besides the list's own search and filter. */
const asked = (tab: Tab) => {
  if (tab === 'all') return {}
  if (tab === 'open') return { status: ['pending' as const, 'in_progress' as const] }
  return { due: tab }
}

export default function TasksPage() {
  const store = useListState()
  const userId = useMe()?.id
  const mayWrite = useMay('write')
  const complete = useMutation(api.tasks.complete.mutationOptions()).mutate
  const tab: Tab = tabs.find(({ value }) => value === store.state.tab)?.value ?? 'open'
  const definition = taskList({
    userId,
    complete: mayWrite ? ({ id }) => complete({ id }) : undefined,
  })
  const defaultSort = tab === 'done' ? '-completedAt' : tab === 'all' ? '-createdAt' : 'dueAt'
  const pages = useInfiniteQuery(
    api.tasks.list.infiniteOptions(pagesOf(store.state, defaultSort, asked(tab))),
  )
  const idsOf = (target: BulkTarget) =>
    idsOfTarget(target, (page) => client.tasks.list({ ...asked(tab), ...page }))
  return (
    <TabbedPage
      kind="task"
      tabs={tabs}
      shown={tab}
      onShow={(value) => store.replace(value === 'open' ? {} : { tab: value })}
    >
      <RecordList
        definition={definition}
        store={store}
        pages={pages}
        defaultSort={defaultSort}
        untitled
        {...(tab === 'all' ? {} : { narrowing: asked(tab) })}
        renderBulk={({ target, count, clear }) => (
          <>
            {mayWrite && <TaskBulk count={count} idsOf={() => idsOf(target)} onDone={clear} />}
            <CalendarExport idsOf={() => idsOf(target)} />
          </>
        )}
      />
    </TabbedPage>
  )
}

interface TaskBulkProps {
  count: number
  idsOf(): Promise<string[]>
  onDone(): void
}

type BulkInput = Parameters<typeof client.tasks.bulk>[0]

/** Completes, moves, changes or deletes the selected tasks, each as one undoable change. */
function TaskBulk({ count, idsOf, onDone }: TaskBulkProps) {
  const [moving, setMoving] = useState(false)
  const act = useMutation({
    mutationFn: async (action: BulkInput['action']) =>
      client.tasks.bulk({ ids: await idsOf(), action }),
    onSuccess: onDone,
  })
  return (
    <>
      <Button
        leftSection={<IconCheck size={15} />}
        loading={act.isPending}
        onClick={() => act.mutate({ type: 'complete' })}
      >
        Complete
      </Button>
      <Button
        variant="default"
        leftSection={<IconCalendarClock size={15} />}
        onClick={() => setMoving(true)}
      >
        Move
      </Button>
      <BulkChange
        count={count}
        onPatch={(patch) => act.mutate({ type: 'update', patch })}
        onCancelTasks={() => act.mutate({ type: 'cancel' })}
      />
      <Button
        variant="default"
        leftSection={<IconTrash size={15} />}
        onClick={() => act.mutate({ type: 'delete' })}
      >
        Delete
      </Button>
      {moving && (
        <WhenDialog
          title={`Move ${countOf('task', count)}`}
          action="Move"
          dayAlone
          initial={wallTimeOf(new Date().toISOString()).slice(0, 10)}
          onClose={() => setMoving(false)}
          onChoose={(wallTime) => {
            setMoving(false)
            act.mutate({ type: 'reschedule', wallTime, zone: machineZone() })
          }}
        />
      )}
    </>
  )
}
