/** Every job: what it is called, when it runs, and what it does. */
import type { JobName } from '../../../contract/background/words'
import type { Kernel } from '../../kernel/kernel'
import type { InPortions } from '../../kernel/portions/portions'
import { dailyHour } from '../notifications/notifications'
import { cleanUp } from './clean-up'
import type { createDailySummary } from './daily-summary'
import type { createDigests } from './digests'
import { cron, nextTime, type Schedule } from './schedule'

export interface JobDefinition {
  label: string
  schedule: Schedule
  /**
   * Answers what it did, for people; null for nothing. It may run again: nothing is announced twice.
   * Between two portions others change what they like.
   */
  run(inPortions: InPortions): Promise<string | null>
}
export type JobDefinitions = Record<JobName, JobDefinition>

export interface JobWork {
  digests: ReturnType<typeof createDigests>
  dailySummary: ReturnType<typeof createDailySummary>
  /** The zones people live in. */
  zones(): string[]
  /** Announces what is due now; answers what it did, for people. */
  announceDue(inPortions: InPortions): Promise<string | null>
  /** Looks after plans whose time has come; answers what it did, for people. */
  planSteps(inPortions: InPortions): Promise<string | null>
  /** What else is to be deleted at night; answers what, for people. */
  purge(inPortions: InPortions): Promise<string | null>
}

/** How often is asked what is due, in milliseconds. */
export const tickLength = 15_000
/** Jobs that announce times that have come. */
export const announcingJobs: ReadonlySet<JobName> = new Set([
  'overdue',
  'stale_leads',
  'upcoming',
  'daily_summary',
])
/** Every so many minutes alike in all zones, which no change of clocks moves. */
const utc = () => 'UTC'

export function createDefinitions(kernel: Kernel, work: JobWork): JobDefinitions {
  const { digests } = work
  const zone = kernel.workspace.timezone
  return {
    due: {
      label: 'Tell what is due',
      schedule: {
        words: `every ${tickLength / 1000} seconds`,
        next: (after) => after + tickLength,
      },
      run: work.announceDue,
    },
    plan_steps: {
      label: 'Go on with plans: missed steps, automated steps, pauses that end',
      schedule: cron('* * * * *', utc, 'every minute'),
      run: work.planSteps,
    },
    overdue: {
      label: 'Remind of what is overdue',
      schedule: cron('0 * * * *', utc, 'every hour'),
      run: digests.overdue,
    },
    stale_leads: {
      label: 'Find leads that lie still',
      schedule: cron('0 0,6,12,18 * * *', zone, 'daily at 00:00, 06:00, 12:00, 18:00'),
      run: digests.staleLeads,
    },
    upcoming: {
      label: 'Tell what comes up in the next hour',
      schedule: cron('*/30 * * * *', utc, 'every 30 minutes'),
      run: digests.upcoming,
    },
    clean_up: {
      label: 'Delete old records',
      schedule: cron('0 2 * * *', zone, 'daily at 02:00'),
      run: async (inPortions) =>
        [await cleanUp(kernel, inPortions), await work.purge(inPortions)]
          .filter((words) => words !== null)
          .join(' ') || null,
    },
    daily_summary: {
      label: 'Sum up the day',
      schedule: {
        words: 'daily at 08:00 of each user',
        next: (after) =>
          Math.min(...work.zones().map((home) => nextTime(`0 ${dailyHour} * * *`, after, home))),
      },
      run: work.dailySummary,
    },
  }
}
