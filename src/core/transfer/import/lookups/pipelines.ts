/** Pipelines that a file names. */
import { newId } from '../../../kernel/database/ids'
import { pipeline } from '../../../records/pipeline/table'
import { nameKey, tidyName } from '../../format/names'
import type { RowStore } from '../runs/row-store'
import type { LookupContext } from './context'

interface PipelineRow {
  id: string
  name: string
}

/** @param state the pipelines that the file brought; is written to */
export function createPipelineLookups(
  { database, clock, may, options, known }: LookupContext,
  state: { madePipelines: string[] },
) {
  const stored = known.keep(() =>
    database.all<PipelineRow>('select id, name from pipeline order by is_default desc, position'),
  )
  /** Those that the file names: made with their first stage, and in a check never. */
  const added: PipelineRow[] = []
  const all = (): PipelineRow[] => {
    const rows = stored()
    return [...rows, ...added.filter(({ id }) => !rows.some((one) => one.id === id))]
  }

  return {
    all,
    /** The one of leads that name none. */
    usual: (): string => options.pipelineId ?? stored()[0]?.id ?? '',
    /** Whether the file brings it. */
    isNew: (id: string): boolean =>
      added.some((one) => one.id === id) || state.madePipelines.includes(id),

    /** @param isOurs whether Rapport wrote the name, which is then kept to the letter */
    named(value: string, isOurs: boolean): { id: string } | { refused: string } {
      const key = nameKey(value)
      const row =
        all().find((one) => one.name === value) ?? all().find((one) => nameKey(one.name) === key)
      if (row) return { id: row.id }
      if (!may.includes('configure'))
        return { refused: 'names no pipeline, and you may not add one' }
      if (!options.createStages) return { refused: 'names no pipeline' }
      const id = newId(clock.now())
      added.push({ id, name: isOurs ? value : tidyName(value) })
      return { id }
    },

    /** Makes one that the file brings, unless it is made. */
    make(rows: RowStore, id: string): void {
      const found = added.find((one) => one.id === id)
      if (!found || state.madePipelines.includes(id)) return
      rows.insert(pipeline, { ...found, isDefault: 0, position: all().indexOf(found) })
      state.madePipelines.push(id)
      stored.forget()
    },
  }
}
