/** What a new database begins with: its owner, a pipeline, activity words and templates. */
import { addDefaultWordsAndTemplates } from '../activities/activities'
import { addReadyCadences } from '../cadences/cadences'
import type { Ground } from '../kernel/ground'
import { newId } from '../kernel/ids'
import { setting, user } from '../kernel/schema'
import { addDefaultPipeline } from '../pipeline/pipeline'
import { digitsSetting, storedDigits } from '../repair/repair'

/** Does nothing where the database has its owner already. */
export function prepareNewDatabase({ database, clock }: Ground): void {
  if (database.get('select 1 from user where is_local = 1')) return
  const id = newId(clock.now())
  database.act(
    { userId: id, role: 'admin', door: 'system' },
    { label: 'Create the workspace', kind: 'system' },
    (writer) => {
      writer.insert(user, { id, name: 'Me', role: 'admin', isLocal: true })
      writer.insert(setting, {
        id: 'timezone',
        value: JSON.stringify(Intl.DateTimeFormat().resolvedOptions().timeZone),
      })
      writer.insert(setting, { id: digitsSetting, value: JSON.stringify(storedDigits) })
      addDefaultPipeline(writer)
      addDefaultWordsAndTemplates(writer)
      addReadyCadences(writer)
    },
  )
}
