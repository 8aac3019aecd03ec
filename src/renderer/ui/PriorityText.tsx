/** A priority by arrow and word. */
import { IconChevronDown, IconChevronsUp, IconChevronUp, IconEqual } from '@tabler/icons-react'
import type { Priority } from '../../contract/kernel/words'
import classes from './badges.module.css'

const arrows = {
  low: IconChevronDown,
  medium: IconEqual,
  high: IconChevronUp,
  urgent: IconChevronsUp,
} as const

export const priorityLabels: Readonly<Record<Priority, string>> = {
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  urgent: 'Urgent',
}

export function PriorityText({ priority }: { priority: Priority }) {
  const Arrow = arrows[priority]
  return (
    <span className={`${classes.priority} ${classes[priority]}`}>
      <Arrow size={14} stroke={2.2} aria-hidden />
      {priorityLabels[priority]}
    </span>
  )
}
