/** What reads files and writes them. */
import type { Kernel } from '../kernel/kernel'
import type { OptOuts } from '../outreach/opt-outs/opt-outs'
import type { Quotes } from '../records/quotes/quotes'
import type { Users } from '../records/users/users'
import { createExports } from '../transfer/export/export'
import { createImports } from '../transfer/import/import'
import type { BackgroundAreas } from './background-areas'
import type { HistoryAreas } from './history-areas'
import type { RecordAreas } from './record-areas'
import type { WorkAreas } from './work-areas'

export function createTransferAreas(
  kernel: Kernel,
  {
    directory,
    users,
    optOuts,
    records: { companies, contacts, customers, leads, customFieldArea },
    quotes,
    work: { activities, tasks },
    undo,
    background: { notifications, jobs },
    report,
  }: {
    directory: string
    users: Users
    optOuts: OptOuts
    records: RecordAreas
    quotes: Quotes
    work: WorkAreas
    undo: HistoryAreas['undo']
    background: BackgroundAreas
    report(error: unknown): void
  },
) {
  const imports = createImports(kernel, {
    directory,
    report,
    undo,
    ownScopes: {
      companies: companies.ownScope,
      contacts: contacts.ownScope,
      leads: leads.ownScope,
      activities: activities.ownScope,
      customers: customers.ownScope,
      quotes: quotes.ownScope,
      tasks: tasks.ownScope,
    },
    async withdraw(since) {
      if (await notifications.withdraw(since)) await jobs.sumUpAgain()
    },
    optOuts: {
      has: optOuts.has,
      add: (actor, addresses, fileName) =>
        optOuts.importText(actor, {
          text: addresses.join('\n'),
          reason: `Imported from ${fileName}`,
        }).added,
    },
  })
  const exports = createExports(kernel, {
    directory,
    report,
    sources: {
      ...{ companies, contacts, leads, customers, quotes, activities, users },
      tasks: {
        get: tasks.get,
        list: (actor, { tasks: narrowing, ...query }) =>
          tasks.list(actor, { ...query, ...narrowing, trashed: false }),
      },
    },
    customFields: () => customFieldArea.list(),
  })
  return { imports, exports }
}
