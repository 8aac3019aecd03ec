/** When each job runs next. It is planned again where a zone or the clock changed. */
import { type JobName, jobNames } from '../../../contract/background/words'
import type { RowOf } from '../../kernel/database/rows'
import type { Kernel } from '../../kernel/kernel'
import { knownZone } from '../../kernel/time/zone'
import type { JobDefinitions } from './definitions'
import { duringJob } from './runs'
import type { job } from './table'

/** The zones people live in. */
export const zonesOfPeople = ({ database, workspace }: Kernel): string[] =>
  database
    .all<{ zone: string }>(
      'select distinct coalesce(timezone, ?) as zone from user where active = 1 and deleted_at is null',
      workspace.timezone(),
    )
    .map(({ zone }) => knownZone(zone, workspace.timezone()))

export function createNextRuns(kernel: Kernel, definitions: JobDefinitions) {
  const { database, clock, workspace, watch } = kernel
  /** The zones that runs were planned in. */
  let plannedIn = ''

  /**
   * Plans what has no next run, and plans everything again where zones changed, the clock was set back or the
   * program has just started. What was missed meanwhile stays due, and so runs once.
   */
  function plan(isBack = false): void {
    const now = clock.now()
    const zonesNow = [workspace.timezone(), ...zonesOfPeople(kernel)].join(' ')
    const isAnew = isBack || zonesNow !== plannedIn
    plannedIn = zonesNow
    const rows = new Map(
      database.all<RowOf<typeof job>>('select * from job').map((row) => [row.name, row] as const),
    )
    for (const name of jobNames) {
      const next = rows.get(name)?.next_run_at ?? null
      if (next !== null && (!isAnew || next <= now)) continue
      const wanted = duringJob(watch, name, () => definitions[name].schedule.next(now))
      if (wanted !== next)
        database
          .prepare(
            `insert into job (name, next_run_at) values (?, ?)
             on conflict (name) do update set next_run_at = excluded.next_run_at`,
          )
          .run(name, wanted)
    }
  }

  /** The job whose time came first; what is due itself is asked at each tick. */
  const firstDue = (now: number, except: ReadonlySet<JobName>): JobName | undefined =>
    database
      .all<{ name: JobName }>(
        `select name from job where paused = 0 and next_run_at <= ? and name <> 'due' order by next_run_at`,
        now,
      )
      .find(({ name }) => !except.has(name))?.name

  const isPaused = (name: JobName): boolean =>
    database.value<number>('select paused from job where name = ?', name) === 1

  function pause(name: JobName, paused: boolean): void {
    plan()
    database
      .prepare('update job set paused = ?, next_run_at = ? where name = ?')
      .run(paused ? 1 : 0, definitions[name].schedule.next(clock.now()), name)
    database.announce(null, { job: [name] })
  }

  return { plan, firstDue, isPaused, pause }
}
