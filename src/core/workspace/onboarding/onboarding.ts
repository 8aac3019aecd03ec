/** What a new database begins with: its owner, a pipeline, activity words and templates. */

import { newId } from '../../kernel/database/ids'
import type { Kernel } from '../../kernel/kernel'
import { setting } from '../../kernel/workspace/table'
import { addReadyCadences } from '../../outreach/cadences/cadences'
import { addDefaultPipeline } from '../../records/pipeline/pipeline'
import { user } from '../../records/users/table'
import { addDefaultWordsAndTemplates } from '../../timeline/activities/activities'
import { digitsSetting, storedDigits } from '../repair/repair'

/** Does nothing where the database has its owner already. */
export function prepareNewDatabase({ database, clock }: Kernel): void {
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
