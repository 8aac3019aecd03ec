/** What answers long reads on a connection that only reads: the areas that have some, and nothing that writes or runs by itself. */
import type BetterSqlite3 from 'better-sqlite3'
import { createLive } from '../kernel/change-log/live'
import { noHost } from '../kernel/host/host'
import type { Clock } from '../kernel/time/clock'
import type { Watch } from '../kernel/watch/watch'
import { cadenceProcedures } from '../outreach/cadences/procedures'
import { createOptOuts } from '../outreach/opt-outs/opt-outs'
import { suggestionProcedures } from '../outreach/suggestions/procedures'
import { createSuggestions } from '../outreach/suggestions/suggestions'
import { createPipelines } from '../records/pipeline/pipeline'
import { pipelineProcedures } from '../records/pipeline/procedures'
import { createUsers } from '../records/users/users'
import { activityProcedures } from '../timeline/activities/procedures'
import { createActivityTemplates } from '../timeline/activities/templates'
import { createKernel } from './kernel'
import { createRecordAreas } from './record-areas'
import { referredRecords } from './referred'
import { createWorkAreas } from './work-areas'

export interface ReadingNeeds {
  clock: Clock
  directory: string
  watch: Watch
  report(error: unknown): void
}

/** The procedures of these areas, under their places in the contract, and the database that they read. */
export function createReadingRouter(connection: BetterSqlite3.Database, needs: ReadingNeeds) {
  const { kernel, report } = createKernel(connection, {
    ...{ ...needs, live: createLive() },
    referred: (kind) => referred.get(kind),
  })
  const users = createUsers(kernel)
  const optOuts = createOptOuts(kernel)
  const records = createRecordAreas(kernel, { isOptedOut: optOuts.has })
  const work = createWorkAreas(kernel, { host: noHost, users, optOuts, records, report })
  const { activities, plans, tasks, words, workingHours, cadences } = work
  const referred = referredRecords({ records, work, users })
  const templates = createActivityTemplates(kernel, words)
  const pipelines = createPipelines(kernel, records.leads)
  const suggestions = createSuggestions(kernel, { tasks, workingHours, labelOf: words.label })
  return {
    database: kernel.database,
    router: {
      activities: activityProcedures(() => ({ activities, words, templates })),
      pipeline: pipelineProcedures(() => pipelines),
      cadences: cadenceProcedures(() => ({ cadences, plans })),
      suggestions: suggestionProcedures(() => suggestions),
    },
  }
}
