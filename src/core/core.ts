/** The whole core, put together: opens the database and answers the contract. */
import type { NoticeAnswer, NoticePlace } from '../contract/notifications'
import type { Door } from '../contract/words'
import { type Areas, createAreas } from './areas'
import type { FeedDocument } from './calendar/calendar'
import { createDatabaseActions } from './database/database'
import { type Scheduler, startScheduler } from './jobs/scheduler'
import type { Actor } from './kernel/actor'
import type { Clock } from './kernel/clock'
import { unavailable } from './kernel/errors'
import { createExtras, dropExtras, extrasFingerprint } from './kernel/extras'
import { startDailyBackups } from './kernel/file/backup'
import { closeWhole } from './kernel/file/clean-close'
import { type OpenedFile, type OpenFileOptions, openFile } from './kernel/file/open-file'
import type { Host, WakeReason } from './kernel/host'
import { createLive } from './kernel/live'
import { createRouter, type Router } from './router'

export interface CoreOptions {
  /** The data directory: database, backups, files taken in. */
  directory: string
  /** Folder of the database migrations. */
  migrations: string
  clock: Clock
  host: Host
  /** Which door opens it, for the message to others who try. */
  door?: Door
  /** Fills an empty database with sample data. */
  sample?: boolean
  /** False leaves it to the caller to `tick`: for tests, whose clock does not run. */
  ticks?: boolean
  /** Hears of faults that nobody waits for, such as a failed daily backup. */
  report?: (error: unknown) => void
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
  close(): Promise<void>
}

interface Running {
  /** Undefined while there is no sound database. */
  areas: Areas | undefined
  scheduler: Scheduler | undefined
  stop(): Promise<void>
}
const stopped: Running = { areas: undefined, scheduler: undefined, stop: async () => {} }

/**
 * A damaged database opens, too: then only `database.*` answers, so that a backup can be restored.
 * @throws database_locked, database_newer, disk_full … (see kernel/file/errors.ts)
 */
export async function openCore(options: CoreOptions): Promise<Core> {
  const { directory, clock, migrations } = options
  const live = createLive()
  const fileOptions: OpenFileOptions = {
    directory,
    migrations,
    clock,
    ...(options.door ? { door: options.door } : {}),
    beforeMigration: dropExtras,
    afterMigration: createExtras,
    extrasFingerprint: extrasFingerprint(),
  }
  let opened = await openFile(fileOptions)
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
      // One program at a time has the database: these are all the popups there can be.
      popups: { native: options.door !== 'web', browser: options.door !== 'desktop' },
      ...(options.report && { report: options.report }),
    })
    const actor = areas.users.localActor('system')
    areas.trash.purgeExpired(actor)
    areas.plans.planDue(actor)
    if (options.sample) areas.sample.loadWhereEmpty(actor)
    const stopBackups = startDailyBackups({
      connection,
      directory,
      clock,
      keep: () => areas.ground.workspace.settings().backupsKept,
      report: options.report ?? (() => {}),
    })
    const scheduler =
      options.ticks === false
        ? undefined
        : startScheduler(areas.jobs, live, options.report ?? (() => {}))
    return {
      areas,
      scheduler,
      async stop() {
        await scheduler?.stop()
        await areas.transfer.close()
        await areas.outbox.close()
        await stopBackups()
        closeWhole(connection, { directory, checkedAt: file.checkedAt })
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
    async reopen() {
      const { lock, file } = opened
      const { stop } = running
      // From here on calls are told to wait rather than meet a closed connection.
      running = stopped
      await stop()
      try {
        opened = await openFile({ ...fileOptions, lock })
        running = start(opened)
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error)
        opened = { state: 'damaged', file, lock, message, quarantined: '' }
        throw error
      }
    },
  })

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
    async close() {
      await running.stop()
      opened.lock.release()
    },
  }
}
