/** A folded stage: a strip that still counts, still takes cards, and unfolds when pressed. */
import type { Stage, StageTotals } from '../../../../contract/records/pipeline'
import { useDraftRequest } from '../../../app/drafts/useDraft'
import { countOf } from '../../../app/records'
import { MoneyText } from '../../../ui/MoneyText'
import { Celebration } from './Celebration'
import { withAmount } from './ColumnHeader'
import { quickAddKey } from './QuickAdd'
import { DropShade } from './StageColumn'
import classes from './StageColumn.module.css'

export interface FoldedColumnProps {
  stage: Stage
  totals: StageTotals
  onUnfold(stageId: string): void
}

export function FoldedColumn(props: FoldedColumnProps) {
  const { stage, totals, onUnfold } = props
  // What was typed into its quick add waits in the column.
  useDraftRequest(
    (key) => key === quickAddKey(stage.id),
    () => onUnfold(stage.id),
  )
  return (
    <section
      className={classes.folded}
      data-stage={stage.id}
      data-drop-stage={stage.id}
      aria-label={`${stage.name}, ${countOf('lead', totals.leads)}, collapsed`}
    >
      <button
        type="button"
        className={classes.unfold}
        aria-expanded={false}
        aria-label={`Expand ${stage.name}`}
        title={`Expand ${stage.name}`}
        onClick={() => onUnfold(stage.id)}
      >
        <span className={classes.stripe} style={{ background: stage.color }} aria-hidden />
        <span className={classes.count} data-count={totals.leads}>
          {totals.leads.toLocaleString()}
        </span>
        <span className={classes.upright}>
          <span className={classes.name}>{stage.name}</span>
          <MoneyText value={withAmount(totals.value)} compact empty="" />
        </span>
      </button>
      <DropShade stageId={stage.id} />
      <Celebration stageId={stage.id} />
    </section>
  )
}
