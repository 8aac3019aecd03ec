/** The whole core, put together: opens the database and answers the contract. */
import type { NoticeAnswer, NoticePlace } from '../contract/background/notifications'
import type { OpeningStep } from '../contract/kernel/opening'
import type { Door } from '../contract/kernel/words'
import type { FeedDocument } from './agenda/calendar/calendar'
import { type Areas, createAreas } from './assembly/areas'
import { createRouter, type Router } from './assembly/router'
import {
  createTriggersAndViews,
  dropTriggersAndViews,
  triggersFingerprint,
} from './assembly/triggers-and-views'
import { type Scheduler, startScheduler } from './background/jobs/scheduler'
import { createDatabaseActions } from './history/backups/backups'
import { settleIn } from './history/holds/settle-in'
import type { Actor } from './kernel/actor'
import { createLive } from './kernel/change-log/live'
import { explainStorage } from './kernel/database/storage'
import { unavailable } from './kernel/errors'
import { startDailyBackups } from './kernel/file/backup'
import { closeWhole } from './kernel/file/clean-close'
import { type OpenedFile, type OpenFileOptions, openFile } from './kernel/file/open-file'
import type { Host, WakeReason } from './kernel/host/host'
import type { InPortions, Portions } from './kernel/portions/portions'
import {
  createLongReads,
  type LongReads,
  type ReadingThreadData,
} from './kernel/reading/long-reads'
import type { Clock } from './kernel/time/clock'
import type { Heartbeat } from './kernel/watch/heartbeat'
import { createWatch, type Watch } from './kernel/watch/watch'

export interface CoreOptions {
  /** The data directory: database, backups, files taken in. */
  directory: string
  /** Folder of the database migrations. */
  migrations: string
  clock: Clock
  host: Host
  /** Names this machine. A database from another one asks first whether it was moved or copied. */
  machine?: string | undefined
  /** Which door opens it, for the message to others who try. */
  door?: Door
  /** Fills an empty database with sample data. */
  sample?: boolean
  /** False leaves it to the caller to `tick`: for tests, whose clock does not run. */
  ticks?: boolean
  /** Hears of faults that nobody waits for, such as a failed daily backup. */
  report?: (error: unknown) => void
  /** What long work is divided by; by time unless given. */
  portions?: Portions
  /** Where somebody watches whether the thread answers: its memory. */
  heartbeat?: Heartbeat
  /** Called before each step of opening that may take long. */
  onOpening?: (step: OpeningStep) => void
  /** Starts the thread of long reads; without it they are answered with everything else. */
  startReading?: (data: ReadingThreadData) => void
  /** Leaves what runs by itself to a later call of `begin`: first the database answers. */
  beginsLater?: boolean
}

export interface Core {
  router: Router
  /** The owner of this installation. */
  localActor(door: Door): Actor
  /** The user a token of the HTTP API belongs to. */
  actorForToken(token: string): Actor | undefined
  /** The calendar at a secret address. @throws unavailable while there is no sound database */
  calendarFeed(secret: string): FeedDocument | undefined
  /** The machine woke up, was unlocked, or its clock was set: what is due is asked at once. */
  wake(reason: WakeReason): void
  /** What the owner did with a popup; the same answer may come twice. @throws not_found */
  answerNotice(answer: NoticeAnswer): NoticePlace
  /** Asks now what is due and does it, as the timer does by itself. */
  tick(): Promise<void>
  /** Starts what runs by itself, unless it stopped the thread twice of late. */
  begin(): void
  watch: Watch
  /** Where long reads are answered, if not on this thread. */
  longReads(): LongReads | undefined
  /** An error in words for people where the disk is why; any other comes back as it is. */
  explain(error: unknown): unknown
  close(): Promise<void>
}

/** How long after the start the thread of long reads is made ready, in milliseconds: the first screen comes first. */
const readingDelay = 10_000

/** How long closing waits for jobs that nobody ticks, in milliseconds. */
const closingPatience = 3000

interface Running {
  /** Undefined while there is no sound database. */
  areas: Areas | undefined
  scheduler: Scheduler | undefined
  longReads: LongReads | undefined
  begin(): void
  stop(): Promise<void>
}
const stopped: Running = {
  areas: undefined,
  scheduler: undefined,
  longReads: undefined,
  begin() {},
  stop: async () => {},
}

/**
 * A damaged database opens, too: then only `database.*` answers, so that a backup can be restored.
 * @throws database_locked, database_newer, disk_full … (see kernel/file/errors.ts)
 */
export async function openCore(options: CoreOptions): Promise<Core> {
  const { directory, clock, migrations } = options
  const live = createLive()
  const fileOptions = fileOptionsOf(options)
  const reportOther = options.report ?? (() => {})
  let opened = await openFile(fileOptions)
  const watch = createWatch({
    directory,
    clock,
    heartbeat: options.heartbeat,
    keepsFile: options.heartbeat !== undefined,
  })
  let running = await startOrGiveUp(opened)

  /** A core that cannot start leaves nothing open or locked behind. */
  async function startOrGiveUp(file: OpenedFile): Promise<Running> {
    try {
      return start(file)
    } catch (error) {
      if (file.state === 'ready') file.connection.close()
      file.lock.release()
      throw error
    }
  }

  function start(file: OpenedFile): Running {
    if (file.state === 'damaged') return stopped
    const { connection } = file
    const areas = createAreas(connection, {
      clock,
      live,
      directory,
      host: options.host,
      machine: options.machine ?? null,
      suspicious: file.migrated || !file.closedWhole,
      // One program at a time has the database: these are all the popups there can be.
      popups: { native: options.door !== 'web', browser: options.door !== 'desktop' },
      report: reportOther,
      watch,
      portions: options.portions,
    })
    const { report } = areas
    const actor = areas.users.localActor('system')
    settleIn(areas.kernel, {
      directory,
      machine: options.machine,
      actor,
      carryOver: areas.carryOver,
      report,
    })
    if (options.sample) watch.heartbeat.long(() => areas.sample.loadWhereEmpty(actor))
    /** A fault in one of these must not keep anybody from the data. */
    const atStart = (name: string, work: () => void) => {
      try {
        watch.during({ kind: 'start', name }, work)
      } catch (error) {
        report(error)
      }
    }
    let begun = false
    const closing = new AbortController()
    const inPortions = (name: string, work: (inPortions: InPortions) => Promise<unknown>) =>
      workInPortions(areas, { name, work, closing: closing.signal })
    /** What was missed is planned at the start. */
    let planning = Promise.resolve()
    let purging = Promise.resolve()
    const stopBackups = startDailyBackups({
      connection,
      directory,
      clock,
      keep: () => areas.kernel.workspace.settings().backupsKept,
      mayDelete: () => !areas.kernel.holds.isHeld('clock'),
      made: areas.trash.backedUp.note,
      afterwards: () => {
        if (begun) purging = inPortions('trash', (each) => areas.trash.purgeExpired(actor, each))
      },
      report,
    })
    let scheduler: Scheduler | undefined
    const longReads = options.startReading && createLongReads(directory, options.startReading)
    return {
      areas,
      longReads,
      get scheduler() {
        return scheduler
      },
      begin() {
        if (begun || watch.isPaused()) return
        begun = true
        atStart('erasures', () => void areas.erasures.reapplyErasures().catch(report))
        atStart('phones', areas.phones.begin)
        planning = inPortions('plan_steps', (each) => areas.plans.planDue(actor, each))
        if (longReads) setTimeout(longReads.prepare, readingDelay).unref()
        if (options.ticks !== false) scheduler = startScheduler(areas.jobs, live, report)
      },
      async stop() {
        closing.abort(new Error('Rapport is being closed.'))
        await longReads?.close()
        await (scheduler ? scheduler.stop() : areas.jobs.stop(closingPatience))
        await Promise.all([planning, purging])
        await Promise.all([areas.imports.close(), areas.exports.close()])
        await areas.erasures.close()
        await areas.logRetention.close()
        await areas.phones.close()
        await areas.outbox.close()
        await stopBackups()
        areas.kernel.storage.stop()
        watch.heartbeat.long(() => closeWhole(connection, { directory, checkedAt: file.checkedAt }))
      },
    }
  }

  const areas = () => {
    if (running.areas) return running.areas
    throw unavailable(opened.state === 'damaged' ? opened.message : 'The database is being opened.')
  }

  const database = createDatabaseActions({
    directory,
    migrations,
    clock,
    current: () => opened,
    feedPosition: live.position,
    made: (backup) => running.areas?.trash.backedUp.note(backup),
    watch,
    storageTrouble: () => running.areas?.kernel.storage.trouble() ?? null,
    async reopen(whenClosed) {
      const { lock, file } = opened
      const { stop } = running
      // From here on calls are told to wait rather than meet a closed connection.
      running = stopped
      await stop()
      try {
        await whenClosed?.()
        opened = await openFile({ ...fileOptions, lock })
        running = start(opened)
        running.begin()
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error)
        opened = { state: 'damaged', file, lock, message, quarantined: '' }
        throw error
      }
    },
  })

  watch.onResume(() => running.begin())
  if (!options.beginsLater) running.begin()

  return {
    router: createRouter(areas, () => database),
    // While the database is damaged nobody is known; whoever sits here may repair it.
    localActor: (door) =>
      running.areas?.users.localActor(door) ?? { userId: '', role: 'admin', door },
    actorForToken: (token) => running.areas?.users.actorForToken(token, 'api'),
    calendarFeed: (secret) => areas().calendar.feed.read(secret),
    wake: () => running.scheduler?.wake(),
    answerNotice: (answer) => {
      const { users, notifications } = areas()
      return notifications.answer(users.localActor('desktop'), answer)
    },
    tick: async () => running.areas?.jobs.tick(),
    begin: () => running.begin(),
    watch,
    longReads: () => running.longReads,
    explain: (error) =>
      running.areas?.kernel.storage.explain(error) ?? explainStorage(error, directory),
    async close() {
      await running.stop()
      watch.close()
      opened.lock.release()
    },
  }
}

const fileOptionsOf = ({
  directory,
  migrations,
  clock,
  door,
  heartbeat,
  onOpening,
}: CoreOptions): OpenFileOptions => ({
  ...{ directory, migrations, clock },
  ...(door && { door }),
  beforeMigration: dropTriggersAndViews,
  afterMigration: createTriggersAndViews,
  triggersFingerprint: triggersFingerprint(),
  ...(heartbeat && { heartbeat }),
  ...(onOpening && { onStep: onOpening }),
})

/** Does what the start brings with it in portions, until it is done or the core is being closed. Never rejects. */
async function workInPortions(
  { kernel: { portions, watch }, report }: Areas,
  {
    name,
    work,
    closing,
  }: {
    name: string
    work: (inPortions: InPortions) => Promise<unknown>
    closing: AbortSignal
  },
): Promise<void> {
  try {
    await work((portionOf) =>
      portions.run(
        (portion) => watch.during({ kind: 'start', name }, () => portionOf(portion)),
        closing,
      ),
    )
  } catch (error) {
    if (error !== closing.reason) report(error)
  }
}
