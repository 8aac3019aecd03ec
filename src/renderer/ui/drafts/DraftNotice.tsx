/** Says quietly that a form began with what was typed before, and lets it start over. */
import { Button, Group, Text } from '@mantine/core'
import type { DraftHandle } from '../../app/drafts/useDraft'
import { daysUntil, exactText, shortText, timeText } from '../dates'

export interface DraftNoticeProps {
  draft: Pick<DraftHandle, 'restoredAt' | 'isOutdated' | 'startOver'>
}

export function DraftNotice({ draft }: DraftNoticeProps) {
  if (draft.restoredAt === null) return null
  return (
    <Group gap={4} wrap="nowrap" role="status">
      <Text size="xs" c="dimmed">
        Restored your draft from{' '}
        <time dateTime={draft.restoredAt} title={exactText(draft.restoredAt)}>
          {timeOf(draft.restoredAt)}
        </time>
        {draft.isOutdated && '. What is saved has changed since then.'}
      </Text>
      <Text size="xs" c="dimmed" aria-hidden>
        ·
      </Text>
      <Button variant="subtle" color="gray" size="compact-xs" onClick={draft.startOver}>
        Discard
      </Button>
    </Group>
  )
}

/** "10:42 AM", of another day "Nov 28, 10:42 AM". */
const timeOf = (instant: string) =>
  daysUntil(instant) === 0 ? timeText(instant) : shortText(instant, new Date(), true)
