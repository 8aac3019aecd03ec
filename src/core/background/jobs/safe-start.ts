/** What people see of the restarts of the database, and how they let jobs run again. */
import type { Restart, SafeStart, WorkRecord } from '../../../contract/background/jobs'
import { type JobName, jobNames } from '../../../contract/background/words'
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import { toInstant, toInstantOrNull } from '../../kernel/database/rows'
import type { Kernel } from '../../kernel/kernel'
import type { RecordName, Restart as StoredRestart } from '../../kernel/watch/restarts'

/** What is done by itself and is no job of the list. */
const otherWork = new Map([
  ['trash', 'Empty the trash'],
  ['outbox', 'Send e-mail'],
  ['notifications', 'Send notifications'],
  ['reactions', 'Follow up changes'],
])

/** What a record is called, as SQL over its own table. */
const names = new Map(
  Object.entries({
    activity: 'subject',
    company: 'name',
    contact: 'name',
    customer: 'name',
    email_message: 'subject',
    lead: 'title',
    plan: '(select title from lead where lead.id = plan.lead_id)',
    reminder: 'notes',
    task: 'title',
    user: 'name',
  }),
)

export function createSafeStart(
  { database, watch }: Kernel,
  labelOfJob: (name: JobName) => string,
) {
  const isJob = (name: string): name is JobName => (jobNames as readonly string[]).includes(name)
  const labelOf = (name: string) => (isJob(name) ? labelOfJob(name) : (otherWork.get(name) ?? name))
  /** Names are for those who see every record. */
  const toRecord = (actor: Actor, { kind, id }: RecordName): WorkRecord => {
    const name = seesAll(actor) ? names.get(kind) : undefined
    const found =
      name && database.value<string | null>(`select ${name} from ${kind} where id = ?`, id)
    return { kind, id, name: found || null }
  }
  const toRestart = (actor: Actor, { at, cause, work }: StoredRestart): Restart => ({
    at: toInstant(at),
    cause,
    work: work && {
      kind: work.kind,
      name: work.name,
      label: labelOf(work.name),
      record: work.record ? toRecord(actor, work.record) : null,
    },
  })
  const get = (actor: Actor): SafeStart => ({
    pausedSince: toInstantOrNull(watch.pausedSince()),
    restarts: watch.restarts().map((restart) => toRestart(actor, restart)),
    skipped: watch.skipped().map((record) => toRecord(actor, record)),
  })
  const changed = (actor: Actor): SafeStart => {
    database.announce(null, { job: null })
    return get(actor)
  }

  return {
    get,
    /** The last restart that happened in a job. */
    lastIn(actor: Actor, name: JobName): Restart | null {
      const found = watch.restarts().find(({ work }) => work?.name === name)
      return found ? toRestart(actor, found) : null
    },
    resume(actor: Actor, skip: RecordName[]): SafeStart {
      for (const record of skip) watch.skip(record)
      watch.resume()
      return changed(actor)
    },
    skip(actor: Actor, record: RecordName, skipped: boolean): SafeStart {
      if (skipped) watch.skip(record)
      else watch.unskip(record)
      return changed(actor)
    },
  }
}
