/** What a lead's next step says: overdue, due today, planned, or nothing planned. Shape and colour. */
import { VisuallyHidden } from '@mantine/core'
import { IconAlertTriangleFilled, IconCircleFilled, IconClockFilled } from '@tabler/icons-react'
import type { StepSignal } from '../../contract/records/words'
import classes from './badges.module.css'
import { DateText } from './DateText'
import { LightIcon } from './LightIcon'

/** Nearly every card has one. */
const DashedCircle = ({ size }: { size: number; 'aria-hidden': true }) => (
  <LightIcon name="dashedCircle" size={size} />
)

const signals = {
  overdue: { text: 'Overdue', icon: IconAlertTriangleFilled },
  today: { text: 'Due today', icon: IconClockFilled },
  planned: { text: 'Planned', icon: IconCircleFilled },
  none: { text: 'Nothing planned', icon: DashedCircle },
} as const

export interface SignalDotProps {
  signal: StepSignal
  /** Written beside the dot; without it only the dot shows. */
  at?: string | null
  size?: number
}

export function SignalDot({ signal, at, size = 13 }: SignalDotProps) {
  const { text, icon: Icon } = signals[signal]
  return (
    <span className={`${classes.signal} ${classes[signal]}`} title={text}>
      <Icon size={size} aria-hidden />
      {at ? <DateText value={at} /> : at === undefined && <VisuallyHidden>{text}</VisuallyHidden>}
      {at === null && <span className={classes.text}>{text}</span>}
    </span>
  )
}
