/** The steps of cadences as they are stored: each change that plans may still follow the old of is a new version. */
import type { CadenceSettings, CadenceStep } from '../../../contract/outreach/cadences'
import type { Json } from '../../kernel/database/columns'
import type { Database, Writer } from '../../kernel/database/database'
import { fromJson, type RowOf } from '../../kernel/database/rows'
import { conflict } from '../../kernel/errors'
import { settingsFrom } from './steps'
import { cadenceVersion } from './table'

/** Steps as plans follow them. */
export interface Version {
  id: string
  cadenceId: string | null
  number: number
  steps: CadenceStep[]
  /** Only of steps that were never a cadence's. */
  settings: Json<CadenceSettings> | null
}

export function readVersion(database: Database, id: string): Version {
  const row = database.get<RowOf<typeof cadenceVersion>>(
    'select * from cadence_version where id = ?',
    id,
  )
  if (!row) throw conflict('The steps of this cadence are missing.')
  return {
    id: row.id,
    cadenceId: row.cadence_id,
    number: row.number,
    steps: fromJson(row.steps),
    settings: row.settings,
  }
}

export const insertVersion = (
  writer: Writer,
  { id, cadenceId, number, steps, settings }: Version,
): string => writer.insert(cadenceVersion, { id, cadenceId, number, steps, settings })

/** @param own what is stored with steps that were never a cadence's */
export function readSettings(
  database: Database,
  cadenceId: string | null,
  own: string | null,
): CadenceSettings {
  const stored =
    cadenceId === null
      ? undefined
      : database.value<string>('select settings from cadence where id = ?', cadenceId)
  return settingsFrom(stored ?? own)
}
