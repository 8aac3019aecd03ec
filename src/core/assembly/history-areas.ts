/** What takes changes back, keeps them, or forgets them for good. */

import { createLogRetention } from '../history/changes/changes'
import { createErasures } from '../history/erasures/erasures'
import { createBackedUp } from '../history/trash/backed-up'
import { createTrash } from '../history/trash/trash'
import { createUndo } from '../history/undo/undo'
import type { Kernel } from '../kernel/kernel'
import { createRightsJudge } from '../kernel/records/write-rights'
import { createPhones } from '../records/phones/phones'
import type { Quotes } from '../records/quotes/quotes'
import type { Users } from '../records/users/users'
import type { Drafts } from '../workspace/drafts/drafts'
import type { RecordAreas } from './record-areas'
import type { WorkAreas } from './work-areas'
import { writeRights } from './write-rights'

export type HistoryAreas = ReturnType<typeof createHistoryAreas>

export function createHistoryAreas(
  kernel: Kernel,
  {
    directory,
    users,
    records: { companies, contacts, customers, leads },
    quotes,
    work: { activities, plans, reminders, tasks },
    drafts,
    report,
  }: {
    directory: string
    users: Users
    records: RecordAreas
    quotes: Quotes
    work: WorkAreas
    drafts: Drafts
    report(error: unknown): void
  },
) {
  const systemActor = () => users.localActor('system')
  const undo = createUndo(kernel, {
    rights: createRightsJudge(
      kernel.database,
      writeRights({
        activity: activities.ownScope,
        company: companies.scope,
        contact: contacts.scope,
        customer: customers.scope,
        lead: leads.scope,
        plan: plans.scope,
        quote: quotes.scope,
        reminder: reminders.scope,
        task: tasks.scope,
      }),
    ),
    checkTaken: (tables) => {
      if (tables.has('user')) users.keepAnAdmin()
    },
  })
  const erasures = createErasures(kernel, {
    directory,
    forgetDrafts: drafts.forget,
    systemActor,
    report,
  })
  const trash = createTrash(kernel, {
    forgetDrafts: drafts.forget,
    erasures,
    ownScopes: {
      company: companies.ownScope,
      contact: contacts.ownScope,
      lead: leads.ownScope,
      customer: customers.ownScope,
      quote: quotes.ownScope,
      task: tasks.ownScope,
      activity: activities.ownScope,
      reminder: reminders.ownScope,
    },
    backedUp: createBackedUp(kernel, directory),
  })
  return {
    undo,
    erasures,
    trash,
    logRetention: createLogRetention(kernel, { directory, report }),
    phones: createPhones(kernel, { systemActor, report }),
  }
}
