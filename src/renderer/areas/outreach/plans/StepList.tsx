/** The steps that wait, longest overdue first; only those in sight are drawn. */
import { UnstyledButton } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { DueStep } from '../../../../contract/outreach/plans'
import { DateText } from '../../../ui/DateText'
import { useRowsInSight } from '../../../ui/useRowsInSight'
import { iconOf, useWords } from '../../timeline/activities/words'
import { keyOf } from './queue'
import classes from './StepList.module.css'

const rowHeight = 58

export interface StepListProps {
  steps: readonly DueStep[]
  current: string | null
  onOpen(key: string): void
}

export function StepList({ steps, current, onOpen }: StepListProps) {
  const { typeLabel } = useWords()
  const scroller = useRef<HTMLDivElement>(null)
  const { virtualizer, items, totalSize } = useRowsInSight({
    count: steps.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  })
  const place = steps.findIndex((step) => keyOf(step) === current)
  useEffect(() => {
    if (place >= 0) virtualizer.scrollToIndex(place)
  }, [place, virtualizer])
  return (
    <div ref={scroller} className={classes.scroller}>
      <ul className={classes.lines} aria-label="Due steps" style={{ height: totalSize }}>
        {items.map(({ index, start }) => {
          const step = steps[index]
          if (!step) return null
          const { plan, overdue } = step
          const type = plan.step?.type ?? 'task'
          const Icon = iconOf(type)
          const key = keyOf(step)
          return (
            <li
              key={key}
              className={classes.line}
              aria-setsize={steps.length}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${start}px)` }}
            >
              <UnstyledButton
                className={classes.row}
                data-current={key === current || undefined}
                aria-current={key === current || undefined}
                onClick={() => onOpen(key)}
              >
                <Icon size={17} stroke={1.6} className={classes.icon} aria-hidden />
                <span className={classes.text}>
                  <span className={classes.name}>
                    {plan.lead?.name ?? plan.contact?.name ?? plan.name}
                  </span>
                  <span className={classes.detail}>
                    {typeLabel(type)} · {plan.company?.name ?? plan.contact?.name ?? plan.name}
                  </span>
                </span>
                <span className={classes.time} data-overdue={overdue || undefined}>
                  <DateText value={plan.nextStepDueAt} />
                </span>
              </UnstyledButton>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
