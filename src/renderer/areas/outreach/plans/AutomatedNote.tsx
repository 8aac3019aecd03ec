/** Tells at a step that Rapport does by itself what happens to it, with the way to the outbox. */
import { Anchor, Text } from '@mantine/core'
import { IconRobot } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Plan } from '../../../../contract/outreach/plans'
import { api } from '../../../api'
import { exactText } from '../../../ui/dates'
import { useSending } from '../messages/useSending'
import { automatedText, queuedText } from './automated'
import classes from './PlansOf.module.css'

/** Shows nothing at a step that a person does. */
export function AutomatedNote({ plan }: { plan: Plan }) {
  const { step, state, user, lead, contact } = plan
  const isAutomated = step?.automated === true && state === 'in_progress'
  const isQueued = isAutomated && step.state === 'queued'
  const sending = useSending(user?.id ?? null, { enabled: isAutomated })
  const outbox = useQuery({
    ...api.outbox.list.queryOptions({
      input: {
        ...(lead ? { leadId: lead.id } : contact ? { contactId: contact.id } : {}),
        state: ['drafted', 'approved', 'late', 'sending', 'unknown'],
      },
    }),
    enabled: isQueued,
  })
  if (!isAutomated || !sending) return null
  const message = outbox.data?.items.find(({ planId }) => planId === plan.id)
  return (
    <div className={classes.note}>
      <IconRobot size={15} stroke={1.6} aria-hidden />
      <Text span size="xs">
        {isQueued && message
          ? queuedText(message, { stopped: sending.stopped, exact: exactText })
          : automatedText(sending)}
      </Text>
      {isQueued && (
        <Anchor component={Link} to="/outbox" size="xs">
          Open the outbox
        </Anchor>
      )}
    </div>
  )
}
