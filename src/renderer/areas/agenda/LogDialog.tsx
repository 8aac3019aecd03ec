/** Logs how an item of the queue went, on the record it is about, and completes it on the way. */
import { Loader, Modal, Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Activity } from '../../../contract/activities'
import type { AgendaItem } from '../../../contract/agenda'
import { api, client } from '../../api'
import { useNarrow } from '../../ui/useNarrow'
import { Composer } from '../activities/Composer'
import { type ActivityDraft, draftOf, type inputOf, startDraft } from '../activities/draft'
import { linksOf, recordOf } from '../activities/links'

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
  const about = recordOf(item)
  return (
    <Modal
      opened
      onClose={onClose}
      title={about ? `Log on ${about.record.name}` : `Log “${item.title}”`}
      size="lg"
      fullScreen={narrow}
    >
      {item.kind !== 'activity' ? (
        <LogBeside item={item} onClose={onClose} onComplete={onComplete} />
      ) : planned.data ? (
        <Composer
          withReminders={false}
          initial={{ ...draftOf(planned.data), planned: false, occurredAt: null }}
          onCancel={onClose}
          onSave={async (input) => {
            await finish(planned.data, input)
            onClose()
          }}
        />
      ) : (
        <Loader size="sm" type="dots" aria-label="Loading" />
      )}
    </Modal>
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
      onCancel={onClose}
      onSave={async (input) => {
        await client.activities.create({ ...input, ...linksOf(item) })
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
async function finish(before: Activity, input: ReturnType<typeof inputOf>): Promise<void> {
  const { id } = before
  if (input.scheduledAt !== null || input.dueAt !== null) {
    await client.activities.update({ id, ...input })
    return
  }
  const { type, subject, direction, location, visibleToRep } = input
  const changed =
    type !== before.type ||
    subject !== before.subject ||
    direction !== before.direction ||
    location !== before.location ||
    visibleToRep !== before.visibleToRep
  if (changed)
    await client.activities.update({ id, type, subject, direction, location, visibleToRep })
  await client.activities.complete({
    id,
    outcome: input.outcome,
    ...(input.description === null ? {} : { description: input.description }),
    ...(input.durationMinutes === null ? {} : { durationMinutes: input.durationMinutes }),
  })
}
