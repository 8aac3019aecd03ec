/** How a file names what a record itself knows by an id only. */
import type { Kernel } from '../../kernel/kernel'
import { nameKey } from '../format/names'
import { isUuid } from '../format/uuid'
import type { ExportNames } from './export-columns'

type Database = Kernel['database']

/**
 * The person who started a database was there before any file: their id in another database is kept as
 * an external id, and all files use it.
 */
export function namesInFiles({ database, workspace }: Kernel): ExportNames {
  const first = database.get<{ id: string; external_id: string | null }>(
    'select id, external_id from user where is_local = 1',
  )
  const known = first?.external_id && isUuid(first.external_id) ? first.external_id : undefined
  const userId = (id: string) => (known !== undefined && id === first?.id ? known : id)
  return {
    pipelineName: (id) => database.value<string>('select name from pipeline where id = ?', id),
    stageName: (id) =>
      database.get<{ pipeline: string; stage: string }>(
        'select pipeline.name as pipeline, stage.name as stage from stage join pipeline on pipeline.id = stage.pipeline_id where stage.id = ?',
        id,
      ),
    zone: workspace.timezone(),
    userId,
    personNamed: personNames(database, userId),
  }
}

/** A name alone where it means one person, else with the id behind it. */
function personNames(
  database: Database,
  userId: (id: string) => string,
): ExportNames['personNamed'] {
  const people = database.all<{
    id: string
    name: string
    email: string | null
    external_id: string | null
  }>('select id, name, email, external_id from user')
  const names = new Map(people.map(({ id, name }) => [id, name]))
  const meant = new Map<string, Set<string>>()
  for (const { id, name, email, external_id } of people)
    for (const key of [name, email ?? '', external_id ?? ''].map(nameKey))
      meant.set(key, (meant.get(key) ?? new Set()).add(id))
  return (id) => {
    const name = names.get(id)
    if (name === undefined) return id
    return meant.get(nameKey(name))?.size === 1 ? name : `${name} (${userId(id)})`
  }
}
