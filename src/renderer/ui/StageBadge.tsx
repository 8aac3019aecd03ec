/** A stage by its colour and name. */
import classes from './badges.module.css'

export interface StageBadgeProps {
  stage: { name: string; color: string; kind?: 'open' | 'won' | 'lost' }
}

export function StageBadge({ stage }: StageBadgeProps) {
  return (
    <span className={classes.stage}>
      <span className={classes.dot} style={{ background: stage.color }} aria-hidden />
      <span className={classes.text}>{stage.name}</span>
    </span>
  )
}
