/** What a stage holds: exact count, value and weighted value, and what in it wants attention. */
import {
  IconAlertTriangleFilled,
  IconLayoutSidebarLeftCollapse,
  IconPlus,
} from '@tabler/icons-react'
import type { Money } from '../../../../contract/kernel/shapes'
import type { Stage, StageTotals } from '../../../../contract/records/pipeline'
import { LightIcon } from '../../../ui/LightIcon'
import { MoneyText } from '../../../ui/MoneyText'
import { TooltipOnDemand } from '../../../ui/TooltipOnDemand'
import classes from './StageColumn.module.css'

export interface ColumnHeaderProps {
  stage: Stage
  totals: StageTotals
  onAdd: (() => void) | undefined
  onFold: ((stageId: string) => void) | undefined
}

export function ColumnHeader(props: ColumnHeaderProps) {
  const { stage, totals, onAdd, onFold } = props
  return (
    <header className={classes.header}>
      <span className={classes.stripe} style={{ background: stage.color }} aria-hidden />
      <div className={classes.heading}>
        <h2 className={classes.name} title={stage.name}>
          {stage.name}
        </h2>
        <span className={classes.count} data-count={totals.leads}>
          {totals.leads.toLocaleString()}
        </span>
        <span className={classes.tools}>
          {onFold && (
            <TooltipOnDemand label="Collapse">
              <button
                type="button"
                className={`mantine-active mantine-focus-auto ${classes.tool} ${classes.fold}`}
                aria-label={`Collapse ${stage.name}`}
                onClick={() => onFold(stage.id)}
              >
                <IconLayoutSidebarLeftCollapse size={15} stroke={1.7} />
              </button>
            </TooltipOnDemand>
          )}
          {onAdd && (
            <TooltipOnDemand label="Quick add">
              <button
                type="button"
                className={`mantine-active mantine-focus-auto ${classes.tool}`}
                aria-label={`Add a lead to ${stage.name}`}
                onClick={onAdd}
              >
                <IconPlus size={15} stroke={1.9} />
              </button>
            </TooltipOnDemand>
          )}
        </span>
      </div>
      <div className={classes.sums}>
        <span data-value>
          <MoneyText value={withAmount(totals.value)} compact empty="" />
        </span>
        {stage.kind === 'open' && totals.leads > 0 && (
          <span
            className={classes.weighted}
            data-weighted
            title="Weighted: each value by its chance of being won"
          >
            <MoneyText value={withAmount(totals.weighted)} compact empty="0" /> weighted
          </span>
        )}
        <Attention overdue={totals.overdue} rotting={totals.rotting} />
      </div>
    </header>
  )
}

function Attention({ overdue, rotting }: { overdue: number; rotting: number }) {
  if (overdue === 0 && rotting === 0) return null
  return (
    <span className={classes.attention}>
      {overdue > 0 && (
        <span
          className={classes.overdue}
          role="img"
          aria-label={`${overdue} overdue`}
          title={`${overdue} with an overdue step`}
        >
          <IconAlertTriangleFilled size={12} aria-hidden />
          {overdue.toLocaleString()}
        </span>
      )}
      {rotting > 0 && (
        <span
          className={classes.rotting}
          role="img"
          aria-label={`${rotting} quiet for too long`}
          title={`${rotting} quiet for too long`}
        >
          <LightIcon name="hourglass" size={12} stroke={1.9} />
          {rotting.toLocaleString()}
        </span>
      )}
    </span>
  )
}

/** A currency of which there is nothing says nothing. */
export const withAmount = (sums: readonly Money[]): readonly Money[] =>
  sums.filter(({ amount }) => Number(amount) !== 0)
