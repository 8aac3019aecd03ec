/** One e-mail of the outbox: what it says, what keeps it, and what can be done with it. */
import { Button, Checkbox, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import type { EmailMessage } from '../../../../contract/outreach/messages'
import { api } from '../../../api'
import { DateText } from '../../../ui/DateText'
import { useMinute } from '../../../ui/Minute'
import { RecordLink } from '../../../ui/record/RecordLink'
import classes from './mail.module.css'
import { adviceFor, failureTexts, sentence } from './problems'

export interface OutboxRowProps {
  message: EmailMessage
  checked: boolean
  onToggle: (() => void) | undefined
  onEdit(): void
  onReschedule(): void
}

export function OutboxRow({ message, checked, onToggle, onEdit, onReschedule }: OutboxRowProps) {
  const { id, state, subject, body, problems, failure, sentAt } = message
  const approve = useMutation({
    ...api.outbox.approve.mutationOptions(),
    onSuccess: ({ state: became, error }) => {
      if (became === 'cancelled') notifications.show({ message: `It does not go out: ${error}` })
    },
  })
  const cancel = useMutation(api.outbox.cancel.mutationOptions())
  const resolve = useMutation(api.outbox.resolve.mutationOptions())
  const open = state === 'drafted' || state === 'approved' || state === 'late'
  return (
    <li className={classes.row}>
      {onToggle && state === 'drafted' && (
        <Checkbox
          mt={2}
          aria-label={`Choose ${subject}`}
          disabled={problems.length > 0}
          checked={checked}
          onChange={onToggle}
        />
      )}
      <div className={classes.content}>
        <Text size="sm" fw={600} truncate>
          {subject || '(no subject)'}
        </Text>
        <Text size="xs" c="dimmed" component="div">
          {message.contact ? (
            <RecordLink kind="contact" record={message.contact} />
          ) : (
            message.toName
          )}{' '}
          {message.toAddress}
          {message.cc.length > 0 && ` · Cc ${message.cc.join(', ')}`}
          {message.bcc.length > 0 && ` · Bcc ${message.bcc.join(', ')}`}
          {message.account && ` by ${message.account.name}`} ·{' '}
          <DateText value={sentAt ?? message.createdAt} />
        </Text>
        <Text size="sm" lineClamp={2}>
          {body}
        </Text>
        {problems.map(({ kind, message: problem }) => (
          <Text key={kind + problem} size="sm" c="red">
            {problem} {adviceFor[kind]}
          </Text>
        ))}
        <Obstacle message={message} />
        {onToggle && (
          <Group gap={6} mt={6}>
            {state === 'drafted' && (
              <Button
                size="compact-xs"
                disabled={problems.length > 0}
                loading={approve.isPending}
                onClick={() => approve.mutate({ id })}
              >
                Approve
              </Button>
            )}
            {open && (
              <>
                <Button
                  size="compact-xs"
                  variant={state === 'late' ? 'filled' : 'light'}
                  disabled={problems.length > 0}
                  onClick={() => approve.mutate({ id, now: true })}
                >
                  Send now
                </Button>
                {state === 'late' && (
                  <Button
                    size="compact-xs"
                    variant="light"
                    disabled={problems.length > 0}
                    onClick={onReschedule}
                  >
                    Reschedule
                  </Button>
                )}
                <Button size="compact-xs" variant="default" onClick={onEdit}>
                  Edit
                </Button>
                <Button size="compact-xs" variant="default" onClick={() => cancel.mutate({ id })}>
                  Cancel
                </Button>
              </>
            )}
            {state === 'unknown' && (
              <Button size="compact-xs" onClick={() => resolve.mutate({ id, as: 'sent' })}>
                It has arrived
              </Button>
            )}
            {state === 'failed' && (
              <Button size="compact-xs" onClick={onEdit}>
                Edit
              </Button>
            )}
            {(state === 'unknown' || state === 'failed') && (
              <>
                <Button
                  size="compact-xs"
                  variant="default"
                  onClick={() => resolve.mutate({ id, as: 'send_again' })}
                >
                  {failure === 'address' ? 'Try this address again' : 'Send again'}
                </Button>
                <Button
                  size="compact-xs"
                  variant="default"
                  onClick={() => resolve.mutate({ id, as: 'cancelled' })}
                >
                  Leave it
                </Button>
              </>
            )}
          </Group>
        )}
      </div>
    </li>
  )
}

/** Why it waits or did not go out, and what can be done about it. */
function Obstacle({ message }: { message: EmailMessage }) {
  const { state, error, failure, nextAttemptAt, attempts } = message
  const now = useMinute()
  if (!error) return null
  const waits = state === 'approved'
  const text = failure && failureTexts[failure]
  return (
    <Text size="sm" c={waits || state === 'cancelled' ? 'dimmed' : 'red'} component="div">
      {text && <b>{state === 'failed' && failure === 'busy' ? 'Given up' : text.title}. </b>}
      {sentence(error)}{' '}
      {state === 'failed' && failure === 'busy' ? `Tried ${attempts} times.` : text?.advice}
      {waits && nextAttemptAt && new Date(nextAttemptAt) > now && (
        <>
          {' '}
          Next: <DateText value={nextAttemptAt} format="moment" />
        </>
      )}
    </Text>
  )
}
