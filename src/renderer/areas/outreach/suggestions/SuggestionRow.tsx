/** One suggestion: what to do, why, what the past says, and the three answers to it. */
import { ActionIcon, Button, Group, Text } from '@mantine/core'
import { IconClockPlay, IconX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { Suggestion } from '../../../../contract/outreach/suggestions'
import { api } from '../../../api'
import { useMay, useMe } from '../../../app/session'
import { DateText } from '../../../ui/DateText'
import { useMinute } from '../../../ui/Minute'
import { RecordLink } from '../../../ui/record/RecordLink'
import { SnoozeMenu } from '../../../ui/SnoozeMenu'
import { UserAvatar } from '../../../ui/UserAvatar'
import { iconOf, useWords } from '../../timeline/activities/words'
import { evidenceText } from './evidence'
import classes from './Suggestions.module.css'

const aMinute = 60_000

export interface SuggestionRowProps {
  suggestion: Suggestion
  /** Names the lead, where the page is not the lead's own. */
  withLead: boolean
}

export function SuggestionRow({ suggestion, withLead }: SuggestionRowProps) {
  const { id, lead, company, user, type, dueAt, because, evidence } = suggestion
  const words = useWords()
  const now = useMinute()
  const mayWrite = useMay('write')
  const me = useMe()
  const accept = useMutation(api.suggestions.accept.mutationOptions())
  const dismiss = useMutation(api.suggestions.dismiss.mutationOptions())
  const busy = accept.isPending || dismiss.isPending
  const label = words.typeLabel(type)
  const Icon = iconOf(type)
  const named = `${label} for ${lead.name}`
  return (
    <li className={classes.row}>
      <Icon size={17} stroke={1.6} className={classes.icon} aria-hidden />
      <div className={classes.body}>
        <div className={classes.what}>
          <b>{label}</b>
          <Text size="sm" c="dimmed" span>
            {new Date(dueAt).getTime() - now.getTime() < aMinute ? (
              'now'
            ) : (
              <DateText value={dueAt} />
            )}
          </Text>
          {withLead && <RecordLink kind="lead" record={lead} />}
          {withLead && company && <RecordLink kind="company" record={company} />}
          {withLead && user && user.id !== me?.id && <UserAvatar user={user} named size={18} />}
        </div>
        <Text size="sm">{because}</Text>
        <Text size="xs" c="dimmed">
          {user && user.id !== me?.id ? `History of ${user.name}` : 'Your own history'}:{' '}
          {evidenceText(evidence)}
        </Text>
      </div>
      {mayWrite && (
        <Group gap={4} wrap="nowrap" className={classes.answers}>
          <Button
            variant="light"
            size="xs"
            disabled={busy}
            aria-label={`Accept: ${named}`}
            onClick={() => accept.mutate({ id })}
          >
            Accept
          </Button>
          <SnoozeMenu
            label="Accept for"
            position="bottom-end"
            onSnooze={(until) => accept.mutate({ id, dueAt: until })}
          >
            <ActionIcon
              disabled={busy}
              aria-label={`Accept for another time: ${named}`}
              title="Accept for another time"
            >
              <IconClockPlay size={16} stroke={1.6} />
            </ActionIcon>
          </SnoozeMenu>
          <ActionIcon
            disabled={busy}
            aria-label={`Dismiss: ${named}`}
            title="Dismiss: not suggested for this lead again"
            onClick={() => dismiss.mutate({ id })}
          >
            <IconX size={16} stroke={1.6} />
          </ActionIcon>
        </Group>
      )}
    </li>
  )
}
