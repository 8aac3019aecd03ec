/** The plans of one lead or contact: how far each is with what can be done about it, and how earlier ones ended. */
import { Button, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Plan } from '../../../../contract/outreach/plans'
import type { ShownRecord } from '../../../app/recordParts'
import { useMay } from '../../../app/session'
import { DateText } from '../../../ui/DateText'
import { PlanCard } from './PlanCard'
import classes from './PlansOf.module.css'
import { plansOf } from './planQueries'
import { endingLabels, isLive, stateLabels } from './words'

/** Shows nothing where there never was a plan. */
export function PlansOf({ record }: { record: ShownRecord<'lead' | 'contact'> }) {
  const { kind, id, readOnly } = record
  const mayWrite = useMay('write') && !readOnly
  const [earlier, setEarlier] = useState(false)
  const plans = useQuery(plansOf(kind, id))
  if (plans.isError) {
    return (
      <Text size="sm" c="dimmed" pb="xs">
        Plans could not be loaded.
      </Text>
    )
  }
  const items = plans.data?.items ?? []
  const live = items.filter(isLive)
  const ended = items
    .filter((plan) => !isLive(plan))
    .toSorted((one, other) => (other.endedAt ?? '').localeCompare(one.endedAt ?? ''))
  if (items.length === 0) return null
  return (
    <section className={classes.plans} aria-label="Plans">
      {live.length > 0 && (
        <Title order={3} className={classes.heading}>
          {live.length === 1 ? 'Plan' : 'Plans'}
        </Title>
      )}
      {live.map((plan) => (
        <PlanCard key={plan.id} plan={plan} mayWrite={mayWrite} />
      ))}
      {ended.length > 0 && (
        <>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            aria-expanded={earlier}
            onClick={() => setEarlier(!earlier)}
          >
            {ended.length === 1 ? 'One earlier plan' : `${ended.length} earlier plans`}
          </Button>
          {earlier && (
            <ul className={classes.ended} aria-label="Earlier plans">
              {ended.map((plan) => (
                <Ended key={plan.id} plan={plan} />
              ))}
            </ul>
          )}
        </>
      )}
    </section>
  )
}

function Ended({ plan }: { plan: Plan }) {
  const { name, cadence, state, ending, endedAt } = plan
  return (
    <li className={classes.endedRow}>
      {cadence ? (
        <Link to="/cadences/$id" params={{ id: cadence.id }} className={classes.name}>
          {name}
        </Link>
      ) : (
        <span className={classes.name}>{name}</span>
      )}
      <span className={classes.why}>
        {stateLabels[state]}
        {ending && `: ${endingLabels[ending]}`} · <DateText value={endedAt} />
      </span>
    </li>
  )
}
