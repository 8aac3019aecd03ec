/** The plans under way at one company, each with the step it waits at. */
import { Skeleton, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Plan } from '../../../../contract/outreach/plans'
import { api } from '../../../api'
import type { ShownRecord } from '../../../app/recordParts'
import { recordPath } from '../../../app/records'
import { DateText } from '../../../ui/DateText'
import classes from '../../../ui/record/Related.module.css'
import { useWords } from '../../timeline/activities/words'
import { stateLabels, stepText } from './words'

const few = 6

export function CompanyPlans({ record }: { record: ShownRecord<'company'> }) {
  const plans = useQuery(
    api.plans.list.queryOptions({
      input: { companyId: record.id, state: ['in_progress', 'paused', 'not_started'], limit: few },
    }),
  )
  const { data } = plans
  const hidden = data ? data.total - data.items.length : 0
  return (
    <section className={classes.related}>
      <Title order={2} size="h4" mih={30}>
        Plans
        {data && data.total > 0 && (
          <Text span inherit c="dimmed" fw={450} className="tabular">
            {' '}
            {data.total.toLocaleString()}
          </Text>
        )}
      </Title>
      {plans.isPending && <Skeleton height={44} />}
      {plans.isError && (
        <Text size="sm" c="dimmed">
          This could not be loaded.
        </Text>
      )}
      {data?.total === 0 && (
        <Text size="sm" c="dimmed">
          No cadence is at work here.
        </Text>
      )}
      <Stack gap={2} component="ul" className={classes.rows}>
        {data?.items.map((plan) => (
          <li key={plan.id}>
            <Row plan={plan} />
          </li>
        ))}
      </Stack>
      {hidden > 0 && (
        <Text size="sm" c="dimmed">
          and {hidden.toLocaleString()} more
        </Text>
      )}
    </section>
  )
}

function Row({ plan }: { plan: Plan }) {
  const { typeLabel } = useWords()
  const { name, lead, contact, state, step, stepCount, nextStepDueAt } = plan
  const to = lead
    ? recordPath('lead', lead.id)
    : contact
      ? recordPath('contact', contact.id)
      : '/cadences'
  return (
    <Link to={to as string} className={classes.row}>
      <span className={classes.text}>
        <span className={classes.name}>{lead?.name ?? contact?.name ?? name}</span>
        <span className={classes.detail}>
          {name}
          {step && ` · ${stepText(step.position, stepCount, typeLabel(step.type))}`}
        </span>
      </span>
      <span className={classes.right}>
        {nextStepDueAt ? <DateText value={nextStepDueAt} /> : stateLabels[state]}
      </span>
    </Link>
  )
}
