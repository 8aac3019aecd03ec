/** What runs by itself: jobs, and what they tell people. */
import type { Agenda } from '../agenda/today/today'
import { createJobs } from '../background/jobs/jobs'
import { createNotifications } from '../background/notifications/notifications'
import type { Host } from '../kernel/host/host'
import type { Kernel } from '../kernel/kernel'
import { createReactions } from '../kernel/reactions/after'
import { createAccountMailer } from '../outreach/accounts/mailer'
import type { Users } from '../records/users/users'
import type { Drafts } from '../workspace/drafts/drafts'
import type { HistoryAreas } from './history-areas'
import { after } from './reactions'
import type { WorkAreas } from './work-areas'

export type BackgroundAreas = ReturnType<typeof createBackgroundAreas>

export function createBackgroundAreas(
  kernel: Kernel,
  {
    host,
    popups,
    users,
    work: { mail, plans },
    agenda,
    history: { trash, logRetention },
    drafts,
    report,
  }: {
    host: Host
    popups: { native: boolean; browser: boolean }
    users: Users
    work: WorkAreas
    agenda: Agenda
    history: HistoryAreas
    drafts: Drafts
    report(error: unknown): void
  },
) {
  const systemActor = () => users.localActor('system')
  const notifications = createNotifications(kernel, {
    host,
    mailer: createAccountMailer(mail),
    popups,
    act: (actor, target, action) => void agenda.act(actor, { targets: [target], action }),
    report,
  })
  const jobs = createJobs(kernel, {
    notifications,
    reactions: createReactions(kernel, { after: after({ notifications }), report }),
    host,
    countsOf: (userId) => agenda.counts({ ...systemActor(), userId }, userId),
    planSteps: async (inPortions) => {
      const planned = await plans.planDue(systemActor(), inPortions)
      return planned > 0 ? `Went on with ${planned} ${planned === 1 ? 'plan' : 'plans'}.` : null
    },
    purge: async (inPortions) => {
      if (kernel.holds.isHeld('clock')) return null
      const purged = await trash.purgeExpired(systemActor(), inPortions)
      drafts.cleanUp()
      const words = [
        purged > 0 ? `Emptied the trash of ${purged} old records.` : null,
        logRetention.begin(),
      ]
      return words.filter((one) => one !== null).join(' ') || null
    },
    systemActor,
    report,
  })
  return { notifications, jobs }
}
