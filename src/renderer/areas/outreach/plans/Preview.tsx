/** What would happen: each lead with the dates of its steps, what moved them, and who is refused and why. */
import { Badge, Group, SegmentedControl, Text, Tooltip } from '@mantine/core'
import { IconArrowForwardUp, IconCircleX, IconRobot } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import type {
  SimulatedPlan,
  SimulatedStep,
  Simulation,
} from '../../../../contract/outreach/enrolment'
import { useMinute } from '../../../ui/Minute'
import { useNarrow } from '../../../ui/useNarrow'
import { useRowsInSight } from '../../../ui/useRowsInSight'
import { zoneText } from '../../../ui/when/times'
import { iconOf, useWords } from '../../timeline/activities/words'
import { useSending } from '../messages/useSending'
import { automatedText } from './automated'
import classes from './Preview.module.css'
import { contactTimeText, movedDetail, movedText, stepDay, wallClock } from './words'

const rowHeight = 66

export function Preview({ simulation }: { simulation: Simulation }) {
  const { accepted, refused, plans } = simulation
  const [which, setWhich] = useState<'planned' | 'refused' | null>(null)
  const shown = which ?? (accepted === 0 && refused > 0 ? 'refused' : 'planned')
  const rows = plans.filter((plan) => (plan.refused !== null) === (shown === 'refused'))
  return (
    <>
      <Group justify="space-between" mb={8} gap="xs">
        <Text size="sm" role="status">
          {accepted.toLocaleString()} {accepted === 1 ? 'plan begins' : 'plans begin'}
          {refused > 0 && `, ${refused.toLocaleString()} ${refused === 1 ? 'is' : 'are'} refused`}
        </Text>
        {accepted > 0 && refused > 0 && (
          <SegmentedControl
            size="xs"
            aria-label="Which of them"
            value={shown}
            onChange={setWhich}
            data={[
              { value: 'planned', label: `Planned ${accepted.toLocaleString()}` },
              { value: 'refused', label: `Refused ${refused.toLocaleString()}` },
            ]}
          />
        )}
      </Group>
      {shown === 'planned' && <Automated plans={rows} />}
      <Rows key={shown} plans={rows} refused={shown === 'refused'} />
    </>
  )
}

/** Says once for all what the steps with the robot do. */
function Automated({ plans }: { plans: readonly SimulatedPlan[] }) {
  const any = plans.some(({ steps }) => steps.some(({ automated }) => automated))
  const sending = useSending(null, { enabled: any })
  if (!any || !sending) return null
  return (
    <Group gap={6} mb={8} wrap="nowrap">
      <IconRobot size={15} stroke={1.7} aria-hidden />
      <Text size="xs" c="dimmed">
        {automatedText(sending)}
      </Text>
    </Group>
  )
}

function Rows({ plans, refused }: { plans: readonly SimulatedPlan[]; refused: boolean }) {
  const narrow = useNarrow()
  const scroller = useRef<HTMLDivElement>(null)
  const { virtualizer, items, totalSize } = useRowsInSight({
    count: plans.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
  })
  const longest = plans.reduce<readonly SimulatedStep[]>(
    (most, { steps }) => (steps.length > most.length ? steps : most),
    [],
  )
  return (
    <div ref={scroller} className={classes.scroller}>
      {!narrow && longest.length > 0 && (
        <div className={classes.head} aria-hidden>
          <span className={classes.who}>Lead</span>
          {longest.map(({ stepId, position }) => (
            <span key={stepId} className={classes.step}>
              Step {position + 1}
            </span>
          ))}
        </div>
      )}
      <ul
        className={classes.lines}
        aria-label={refused ? 'Refused' : 'Planned'}
        style={{ height: totalSize }}
      >
        {items.map(({ index, start }) => {
          const plan = plans[index]
          return (
            plan && (
              <li
                key={index}
                ref={virtualizer.measureElement}
                data-index={index}
                aria-setsize={plans.length}
                aria-posinset={index + 1}
                className={classes.row}
                style={{ transform: `translateY(${start}px)` }}
              >
                <Who plan={plan} />
                {plan.refused ? (
                  <span className={classes.reason}>
                    <IconCircleX size={15} aria-hidden />
                    {plan.refused.message}
                  </span>
                ) : (
                  <ol className={classes.steps}>
                    {plan.steps.map((step) => (
                      <StepCell key={step.stepId} step={step} />
                    ))}
                  </ol>
                )}
              </li>
            )
          )
        })}
      </ul>
    </div>
  )
}

function Who({ plan }: { plan: SimulatedPlan }) {
  const { lead, contact, company, zone, contactZone, steps } = plan
  const name = lead?.name ?? contact?.name ?? 'Unknown'
  const detail = [
    lead ? contact?.name : null,
    company && company.name !== name ? company.name : null,
    contactZone !== zone && steps[0] ? zoneText(contactZone, steps[0].at) : null,
  ].filter(Boolean)
  return (
    <span className={classes.who}>
      <span className={classes.name} title={name}>
        {name}
      </span>
      <span className={classes.detail}>{detail.join(' · ')}</span>
    </span>
  )
}

function StepCell({ step }: { step: SimulatedStep }) {
  const now = useMinute()
  const { typeLabel } = useWords()
  const { type, automated, time, moved } = step
  const Icon = iconOf(type)
  const there = contactTimeText(step, now)
  return (
    <li className={classes.step}>
      <span className={classes.day}>
        <Icon size={14} stroke={1.7} aria-label={typeLabel(type)} />
        {stepDay(step, now)}
        {automated && <IconRobot size={14} stroke={1.7} aria-label="sent by itself" />}
      </span>
      <span className={classes.time}>
        {wallClock(time)}
        {there && ` (${there} there)`}
      </span>
      {moved.length > 0 && (
        <Tooltip label={movedDetail(moved, now)} multiline maw={280} withinPortal>
          <Badge
            size="xs"
            color="amber"
            variant="light"
            tt="none"
            className={classes.moved}
            leftSection={<IconArrowForwardUp size={11} aria-label="moved past" />}
          >
            {movedText(moved)}
          </Badge>
        </Tooltip>
      )}
    </li>
  )
}
