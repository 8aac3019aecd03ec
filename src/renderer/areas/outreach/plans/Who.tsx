/** Who a step is for, with every way to reach them at one press, and the time it is there. */

import { Anchor } from '@mantine/core'
import {
  IconBuilding,
  IconClock,
  IconExternalLink,
  IconMail,
  IconPhone,
  IconStairs,
  IconUser,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { phoneLink } from '../../../../contract/kernel/phones'
import type { DueStep } from '../../../../contract/outreach/plans'
import { api } from '../../../api'
import { useMinute } from '../../../ui/Minute'
import { MoneyText } from '../../../ui/MoneyText'
import { RecordLink } from '../../../ui/record/RecordLink'
import { StageBadge } from '../../../ui/StageBadge'
import { machineZone, zoneText } from '../../../ui/when/times'
import classes from './StepPane.module.css'
import { clockIn } from './words'

export function Who({ step, onOpen }: { step: DueStep; onOpen(): void }) {
  const now = useMinute()
  const { plan, phone, phoneNumber, email, contactZone } = step
  const lead = useQuery({
    ...api.leads.get.queryOptions({ input: { id: plan.lead?.id ?? '' } }),
    enabled: plan.lead !== null,
  }).data
  const clock = contactZone === machineZone() ? null : clockIn(contactZone, now)
  return (
    <div className={classes.facts}>
      {plan.contact && (
        <span className={classes.fact}>
          <IconUser size={15} stroke={1.7} aria-label="Contact" />
          <RecordLink kind="contact" record={plan.contact} />
        </span>
      )}
      {plan.company && (
        <span className={classes.fact}>
          <IconBuilding size={15} stroke={1.7} aria-label="Company" />
          <RecordLink kind="company" record={plan.company} />
        </span>
      )}
      {phone && (
        <span className={classes.fact}>
          <IconPhone size={15} stroke={1.7} aria-label="Phone" />
          <Anchor href={phoneLink(phone, phoneNumber)} inherit>
            {phone}
          </Anchor>
        </span>
      )}
      {email && (
        <span className={classes.fact}>
          <IconMail size={15} stroke={1.7} aria-label="E-mail" />
          <Anchor href={mailTo(email, step)} inherit>
            {email}
          </Anchor>
        </span>
      )}
      {clock && (
        <span className={classes.fact}>
          <IconClock size={15} stroke={1.7} aria-hidden />
          {clock} in {zoneText(contactZone, now.toISOString())}
        </span>
      )}
      {lead && (
        <span className={classes.fact}>
          <IconStairs size={15} stroke={1.7} aria-label="Stage" />
          <StageBadge stage={lead.stage} />
          <MoneyText value={lead.value} empty="" compact />
        </span>
      )}
      <span className={classes.fact}>
        <IconExternalLink size={15} stroke={1.7} aria-hidden />
        <Anchor component="button" type="button" inherit onClick={onOpen}>
          Open the {plan.lead ? 'lead' : 'contact'}
        </Anchor>
      </span>
    </div>
  )
}

/** Of a step that is an e-mail, with its text filled in. */
function mailTo(email: string, { plan, subject, body }: DueStep): string {
  if (plan.step?.type !== 'email') return `mailto:${email}`
  const parts = [
    subject && `subject=${encodeURIComponent(subject)}`,
    body && `body=${encodeURIComponent(body)}`,
  ].filter(Boolean)
  return parts.length > 0 ? `mailto:${email}?${parts.join('&')}` : `mailto:${email}`
}
