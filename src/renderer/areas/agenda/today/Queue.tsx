/** The queue itself: every key works on it, for the active row or for those selected. */
import { type ReactNode, useState } from 'react'
import type { AgendaItem } from '../../../../contract/agenda/today'
import { useApp } from '../../../app/actions'
import { useDraftRequest } from '../../../app/drafts/useDraft'
import { useShortcuts } from '../../../app/keyboard'
import { useMay } from '../../../app/session'
import { useTouch } from '../../../ui/useTouch'
import { wallTimeOf } from '../../../ui/when/times'
import { WhenDialog } from '../../../ui/when/WhenDialog'
import type { ItemActions } from './ItemRow'
import { aboutPath, itemPath } from './item'
import { LogDialog, logKey } from './LogDialog'
import { QueueBar } from './QueueBar'
import { QueueLines } from './QueueLines'
import { type Action, type Agenda, keyOf, linesOf, type Section, wallTimeOfItem } from './queue'
import { useAct } from './useAgenda'
import { useQueueRows } from './useQueueRows'

export interface QueueProps {
  agenda: Agenda
  /** Whose queue, where it is not one's own. */
  withUsers: boolean
  /** Where the rest of a part is seen. */
  onMore(section: Section): void
  /** Shown where nothing is due. */
  clear: ReactNode
  /** Shown below the last line. */
  end?: ReactNode
}

export function Queue({ agenda, withUsers, onMore, clear, end }: QueueProps) {
  const app = useApp()
  const act = useAct()
  const mayWrite = useMay('write')
  const touch = useTouch()
  const lines = linesOf(agenda)
  const rows = useQueueRows(lines)
  const { current, selected, targets, leave, setActive, select } = rows
  const [snoozing, setSnoozing] = useState<string | null>(null)
  const [rescheduling, setRescheduling] = useState<AgendaItem[] | null>(null)
  const [logging, setLogging] = useState<AgendaItem | null>(null)
  const loggedIn = (key: string) => rows.items.find((item) => logKey(item) === key)
  useDraftRequest(
    (key) => mayWrite && loggedIn(key) !== undefined,
    (key) => setLogging(loggedIn(key) ?? null),
  )
  const run = (items: readonly AgendaItem[], action: Action) => {
    leave(items)
    act(items, action)
  }

  const actions: ItemActions = {
    complete: (item) => run([item], { type: 'complete' }),
    snooze: (item, until) => run([item], { type: 'snooze', until }),
    remove: (item) => run([item], { type: 'delete' }),
    reschedule: (item) => setRescheduling([item]),
    log: (item) => setLogging(item),
    openRecord: (item) => app.goTo(aboutPath(item)),
    activate: (item) => setActive(keyOf(item)),
    select: (item, on, range) => select(keyOf(item), on, range),
    menu: (item, opened) => setSnoozing(opened ? keyOf(item) : null),
  }

  useShortcuts({
    nextRow: () => rows.step(1),
    previousRow: () => rows.step(-1),
    openRow: () => current && app.goTo(itemPath(current)),
    openItem: () => current && app.goTo(aboutPath(current)),
    ...(mayWrite
      ? {
          completeItem: () => run(targets(), { type: 'complete' }),
          deleteItem: () => run(targets(), { type: 'delete' }),
          rescheduleItem: () => setRescheduling(targets()),
          logItem: () => current && current.doneAt === null && setLogging(current),
          snoozeItem: () => {
            if (selected.length > 0) setSnoozing('selected')
            else if (current && current.doneAt === null) setSnoozing(keyOf(current))
          },
          selectRow: rows.toggleCurrent,
          selectDown: () => rows.extend(1),
          selectUp: () => rows.extend(-1),
          selectAll: rows.selectAll,
        }
      : {}),
    ...(selected.length > 0 ? { close: rows.clear } : {}),
  })

  const [first] = rescheduling ?? []
  return (
    <>
      <QueueLines
        lines={lines}
        rows={rows}
        snoozing={snoozing}
        mayWrite={mayWrite}
        withUser={withUsers}
        swipes={touch && mayWrite && selected.length === 0}
        actions={actions}
        onMore={onMore}
        clear={clear}
        end={end}
      />
      <QueueBar
        count={selected.length}
        snoozing={snoozing === 'selected'}
        onSnoozing={(opened) => setSnoozing(opened ? 'selected' : null)}
        onComplete={() => run(targets(), { type: 'complete' })}
        onSnooze={(until) => run(targets(), { type: 'snooze', until })}
        onReschedule={() => setRescheduling(targets())}
        onDelete={() => run(selected, { type: 'delete' })}
        onClear={rows.clear}
      />
      {rescheduling && first && (
        <WhenDialog
          title={rescheduling.length === 1 ? first.title : `Move ${rescheduling.length} items`}
          action="Move"
          initial={startOfMove(first, new Date())}
          dayAlone={rescheduling.every(({ kind }) => kind === 'task')}
          onClose={() => {
            setRescheduling(null)
            rows.goTo(rows.active ?? undefined)
          }}
          onChoose={(wallTime) => {
            setRescheduling(null)
            run(rescheduling, { type: 'reschedule', wallTime })
          }}
        />
      )}
      {logging && (
        <LogDialog
          item={logging}
          onClose={() => {
            setLogging(null)
            rows.goTo(rows.active ?? undefined)
          }}
          onComplete={() => run([logging], { type: 'complete' })}
        />
      )}
    </>
  )
}

/** Where the calendar begins: at the item's own time, for an overdue one at the same time today. */
function startOfMove(item: AgendaItem, now: Date): string {
  const own = wallTimeOfItem(item)
  if (new Date(item.at) >= now) return own
  return `${wallTimeOf(now.toISOString()).slice(0, 10)}${own.slice(10)}`
}
