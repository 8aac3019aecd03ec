/** The cards of a few leads as the board has them now, so that a change of one does not read the board again. */
import type { Card } from '../../../contract/records/pipeline'
import type { Actor } from '../../kernel/actor'
import type { Kernel } from '../../kernel/kernel'
import { type Leads, leadSource } from '../leads/leads'
import { type CardRow, cardJoins, cardSelect, toCard } from './cards'
import type { BoardFilter, BoardQuery } from './filter'
import type { StageRows } from './stage-rows'

export interface ChangedCardsQuery extends BoardQuery {
  leadId?: string[] | undefined
  /** Activities that changed with them. */
  activityId?: string[] | undefined
}

export interface PlacedCard {
  card: Card
  /** The lead whose card is right above in its column; null where it is the first. */
  afterId: string | null
}

export function createChangedCards(
  { database, lister }: Kernel,
  { leads, rows, filterOf }: { leads: Leads; rows: StageRows; filterOf: BoardFilter },
) {
  /** Whether these activities are what the system noted of these leads: of others no card changes. */
  function areNotesOf(activityIds: readonly string[], leadIds: readonly string[]): boolean {
    if (activityIds.length === 0) return true
    const noted = database.value<number>(
      `select count(*) from activity where id in (${marks(activityIds)}) and category = 'system'
         and lead_id in (${marks(leadIds)})`,
      ...activityIds,
      ...leadIds,
    )
    return noted === activityIds.length
  }

  /**
   * Those that the filter lets through and that are in a stage of the pipeline, in the order of the board.
   * Undefined where more cards may have changed than those of these leads.
   */
  return (actor: Actor, query: ChangedCardsQuery): PlacedCard[] | undefined => {
    const leadIds = query.leadId ?? []
    if (!areNotesOf(query.activityId ?? [], leadIds)) return undefined
    const { id: pipelineId } = rows.requirePipeline(query.pipelineId)
    const filter = filterOf(actor, query)
    const joins = lister.joinsFor(leadSource, filter.sql)
    const cards = database.all<CardRow>(
      `select ${cardSelect} from (
         select lead.seq from lead ${joins} where lead.id in (${marks(leadIds)}) and ${filter.sql}
       ) page cross join lead on lead.seq = page.seq ${cardJoins}
       where stage.pipeline_id = ? order by lead.position, lead.seq`,
      ...leadIds,
      ...filter.parameters,
      pipelineId,
    )
    const signalOf = leads.signals()
    return cards.map((row) => ({
      card: toCard(row, signalOf),
      afterId:
        database.value<string>(
          `select lead.id from lead ${joins}
           where lead.stage_id = ? and ${filter.sql} and (lead.position, lead.seq) < (?, ?)
           order by lead.position desc, lead.seq desc limit 1`,
          row.stage_id,
          ...filter.parameters,
          row.position,
          row.seq,
        ) ?? null,
    }))
  }
}

const marks = (values: readonly unknown[]): string => values.map(() => '?').join(', ')
