/** All reminders by when they come: overdue, today, upcoming, done. */
import { Button } from '@mantine/core'
import { IconCheck, IconClockPause, IconTrash } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { dueSpans } from '../../../../contract/agenda/work'
import { api, client } from '../../../api'
import { useMay, useMe } from '../../../app/session'
import { pagesOf } from '../../../ui/list/definition'
import { RecordList } from '../../../ui/list/RecordList'
import { useListState } from '../../../ui/list/state'
import { TabbedPage } from '../../../ui/list/TabbedPage'
import { idsOfTarget } from '../../../ui/list/target'
import { readable } from '../../../ui/readable'
import { SnoozeMenu } from '../../../ui/SnoozeMenu'
import { reminderList } from './list'

const tabs = dueSpans.map((value) => ({ value, label: readable(value) }))

export default function RemindersPage() {
  const store = useListState()
  const userId = useMe()?.id
  const mayWrite = useMay('write')
  const complete = useMutation(api.reminders.complete.mutationOptions()).mutate
  const snooze = useMutation(api.reminders.snooze.mutationOptions()).mutate
  const due = dueSpans.find((span) => span === store.state.tab) ?? 'today'
  const definition = reminderList({
    userId,
    actions: mayWrite
      ? {
          complete: ({ id }) => complete({ id }),
          snooze: ({ id }, until) => snooze({ id, until }),
        }
      : undefined,
  })
  const defaultSort = due === 'done' ? '-completedAt' : 'remindAt'
  const pages = useInfiniteQuery(
    api.reminders.list.infiniteOptions(pagesOf(store.state, defaultSort, { due })),
  )
  return (
    <TabbedPage
      kind="reminder"
      tabs={tabs}
      shown={due}
      onShow={(value) => store.replace(value === 'today' ? {} : { tab: value })}
    >
      <RecordList
        definition={definition}
        store={store}
        pages={pages}
        defaultSort={defaultSort}
        untitled
        renderBulk={({ target, clear }) =>
          mayWrite && (
            <ReminderBulk
              open={due !== 'done'}
              onDone={clear}
              idsOf={() => idsOfTarget(target, (page) => client.reminders.list({ due, ...page }))}
            />
          )
        }
      />
    </TabbedPage>
  )
}

interface ReminderBulkProps {
  /** What is done already is neither completed nor put off. */
  open: boolean
  idsOf(): Promise<string[]>
  onDone(): void
}

type BulkInput = Parameters<typeof client.reminders.bulk>[0]

function ReminderBulk({ open, idsOf, onDone }: ReminderBulkProps) {
  const act = useMutation({
    mutationFn: async (action: BulkInput['action']) =>
      client.reminders.bulk({ ids: await idsOf(), action }),
    onSuccess: onDone,
  })
  return (
    <>
      {open && (
        <>
          <Button
            leftSection={<IconCheck size={15} />}
            loading={act.isPending}
            onClick={() => act.mutate({ type: 'complete' })}
          >
            Complete
          </Button>
          <SnoozeMenu
            label="Put off until"
            position="top"
            onSnooze={(until) => act.mutate({ type: 'snooze', until })}
          >
            <Button variant="default" leftSection={<IconClockPause size={15} />}>
              Put off
            </Button>
          </SnoozeMenu>
          <Button variant="default" onClick={() => act.mutate({ type: 'dismiss' })}>
            Dismiss
          </Button>
        </>
      )}
      <Button
        variant="default"
        leftSection={<IconTrash size={15} />}
        onClick={() => act.mutate({ type: 'delete' })}
      >
        Delete
      </Button>
    </>
  )
}
