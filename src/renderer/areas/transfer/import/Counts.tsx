/** How many rows of a file went which way. */
import type { Import } from '../../../../contract/transfer/import'
import classes from './transfer.module.css'

type Counted = Pick<Import, 'created' | 'updated' | 'unchanged' | 'skipped' | 'rejected'>

const labels = {
  before: {
    created: 'Will be new',
    updated: 'Will be updated',
    unchanged: 'Already the same',
    skipped: 'Will be skipped',
    rejected: 'Cannot be imported',
  },
  after: {
    created: 'New',
    updated: 'Updated',
    unchanged: 'Already the same',
    skipped: 'Skipped',
    rejected: 'Not imported',
  },
} as const

const names = ['created', 'updated', 'unchanged', 'skipped', 'rejected'] as const

export interface CountsProps {
  of: Counted
  tense: keyof typeof labels
}

export function Counts({ of, tense }: CountsProps) {
  return (
    <dl className={classes.counts} style={{ margin: 0 }}>
      {names.map((name) => (
        <div
          key={name}
          className={classes.count}
          data-none={of[name] === 0 || undefined}
          data-tone={
            of[name] === 0
              ? undefined
              : name === 'rejected'
                ? 'bad'
                : name === 'created'
                  ? 'good'
                  : undefined
          }
        >
          <dt>{labels[tense][name]}</dt>
          <dd>{of[name].toLocaleString()}</dd>
        </div>
      ))}
    </dl>
  )
}
