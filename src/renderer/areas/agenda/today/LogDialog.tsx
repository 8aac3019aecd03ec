/** Logs how an item of the queue went, on the record it is about, and completes it on the way. */
import { Loader, Modal, Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { AgendaItem } from '../../../../contract/agenda/today'
import type { Activity } from '../../../../contract/timeline/activities'
import { api, client } from '../../../api'
import { editFrom, recordIn } from '../../../app/clashes/edit'
import { draftKey } from '../../../app/drafts/key'
import { useNarrow } from '../../../ui/useNarrow'
import { Composer } from '../../timeline/activities/Composer'
import {
  type ActivityDraft,
  draftOf,
  editOf,
  type inputOf,
  startDraft,
} from '../../timeline/activities/draft'
import { linksOf, recordOf } from '../../timeline/activities/links'

export interface LogDialogProps {
  item: AgendaItem
  onClose(): void
  /** The item is to be completed too. */
  onComplete(): void
}

export function LogDialog({ item, onClose, onComplete }: LogDialogProps) {
  const narrow = useNarrow()
  const planned = useQuery({
    ...api.activities.get.queryOptions({ input: { id: item.id } }),
    enabled: item.kind === 'activity',
  })
  return (
    <Modal opened onClose={onClose} title={titleOf(item)} size="lg" fullScreen={narrow}>
      {item.kind !== 'activity' ? (
        <LogBeside item={item} onClose={onClose} onComplete={onComplete} />
      ) : planned.data ? (
        <LogPlanned item={item} planned={planned.data} onClose={onClose} />
      ) : (
        <Loader size="sm" type="dots" aria-label="Loading" />
      )}
    </Modal>
  )
}

/** Under which the log of an item is kept. */
export const logKey = ({ id }: Pick<AgendaItem, 'id'>) => draftKey('activity-log', id)

function titleOf(item: AgendaItem): string {
  const about = recordOf(item)
  return about ? `Log on ${about.record.name}` : `Log “${item.title}”`
}

interface LogPlannedProps {
  item: AgendaItem
  planned: Activity
  onClose(): void
}

function LogPlanned({ item, planned, onClose }: LogPlannedProps) {
  // As it was when this was opened: it may be changed elsewhere meanwhile.
  const [before] = useState(planned)
  return (
    <Composer
      withReminders={false}
      initial={{ ...draftOf(before), planned: false, occurredAt: null }}
      keep={{ key: logKey(item), title: titleOf(item), recordId: item.id, basedOn: before }}
      onClose={onClose}
      about={[linksOf(before)]}
      onSave={async (input, basedOn, plan) => {
        await finish(recordIn(basedOn, before), input, plan)
        onClose()
      }}
    />
  )
}

/** A task or reminder stays what it is; what came of it becomes an activity. */
function LogBeside({ item, onClose, onComplete }: LogDialogProps) {
  const [completes, setCompletes] = useState(true)
  return (
    <Composer
      initial={draftFor(item)}
      disabled={recordOf(item) === undefined}
      above={
        <Switch
          size="sm"
          label={`Complete “${item.title}” too`}
          checked={completes}
          onChange={(event) => setCompletes(event.currentTarget.checked)}
        />
      }
      keep={{ key: logKey(item), title: titleOf(item), recordId: item.id }}
      onClose={onClose}
      about={[linksOf(item)]}
      onSave={async (input, _, plan) => {
        await client.activities.create({ ...input, ...plan, ...linksOf(item) })
        onClose()
        if (completes) onComplete()
      }}
    />
  )
}

/** Types of task that are types of activity too. */
const sameName = new Set(['call', 'email', 'meeting', 'demo', 'follow_up'])

function draftFor(item: AgendaItem): ActivityDraft {
  const type = item.type && sameName.has(item.type) ? item.type : 'call'
  return {
    ...startDraft(type, new Date()),
    planned: false,
    plannedAt: null,
    subject: item.title,
  }
}

/** A planned activity is itself what is logged: changed where something was, then completed. */
async function finish(
  before: Activity,
  input: ReturnType<typeof inputOf>,
  plan: { plan?: 'continue' },
): Promise<void> {
  const { id } = before
  if (input.scheduledAt !== null || input.dueAt !== null) {
    await client.activities.update({ id, ...editOf(before, input) })
    return
  }
  const { type, subject, direction, location, visibleToRep } = input
  const edit = editFrom(before, { type, subject, direction, location, visibleToRep })
  if (Object.keys(edit.basedOn).length > 0) await client.activities.update({ id, ...edit })
  await client.activities.complete({
    id,
    ...plan,
    ...editFrom(before, {
      outcome: input.outcome,
      ...(input.description === null ? {} : { description: input.description }),
      ...(input.durationMinutes === null ? {} : { durationMinutes: input.durationMinutes }),
    }),
  })
}
