/** Entry of a thread for tests of the passage between threads: what the CRM itself does not do on request. */
import { createHash } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import { os } from '@orpc/server'
import * as z from 'zod'
import type { Core } from '../core'
import type { Actor } from '../kernel/actor'
import type { Host } from '../kernel/host/host'
import { systemClock } from '../kernel/time/clock'
import { createHeartbeat } from '../kernel/watch/heartbeat'
import { createWatch } from '../kernel/watch/watch'
import type { CoreThreadData } from './messages'
import { serveCore } from './serve'

const path = <const Path extends `/${string}`>(path: Path, method: 'GET' | 'POST' = 'POST') =>
  os.route({ method, path })

function createTestRouter(host: Host) {
  const flood = { produced: 0, cancelled: false, left: false }
  return {
    digest: path('/digest')
      .input(z.object({ file: z.file(), note: z.string() }))
      .handler(async ({ input: { file, note } }) => ({
        name: file.name,
        note,
        size: file.size,
        sha256: createHash('sha256')
          .update(new Uint8Array(await file.arrayBuffer()))
          .digest('hex'),
      })),
    file: path('/file', 'GET')
      .input(z.object({ bytes: z.coerce.number() }))
      .handler(
        ({ input }) =>
          new File([new Uint8Array(input.bytes).fill(7)], 'Ünïted "leads".csv', {
            type: 'text/csv',
          }),
      ),
    flood: path('/flood', 'GET').handler(({ signal }) => {
      signal?.addEventListener('abort', () => {
        flood.left = true
      })
      return new ReadableStream(
        {
          pull(controller) {
            flood.produced += 1
            controller.enqueue(new Uint8Array(64 * 1024))
          },
          cancel() {
            flood.cancelled = true
          },
        },
        { highWaterMark: 0 },
      )
    }),
    flooded: path('/flooded', 'GET').handler(() => flood),
    break: path('/break', 'GET').handler(
      () =>
        new ReadableStream({
          start: (controller) => controller.enqueue(new Uint8Array(64 * 1024)),
          pull: (controller) => controller.error(new Error('the disk is gone')),
        }),
    ),
    fail: path('/fail', 'GET').handler(() => {
      throw new Error('the password is hunter2')
    }),
    crash: path('/crash', 'GET').handler(() => {
      setTimeout(() => {
        throw new Error('boom')
      })
      return new Promise<never>(() => {})
    }),
    useHost: path('/host').handler(async () => ({
      notified: await host.notify({
        id: 'n1',
        title: 'Rapport',
        body: 'A call is due',
        actions: ['complete'],
      }),
      kept: await host.secrets.set('smtp', 'hunter2').then(
        () => 'kept',
        (error: Error) => error.message,
      ),
    })),
  }
}

const port = parentPort
if (!port) throw new Error('This runs on a thread.')
setInterval(createHeartbeat((workerData as CoreThreadData).heartbeat).beat, 50).unref()
await serveCore(port, {
  version: '0',
  report: () => {},
  open: async (host) => ({
    router: createTestRouter(host) as unknown as Core['router'],
    localActor: (door): Actor => ({ userId: 'me', role: 'admin', door }),
    actorForToken: () => undefined,
    calendarFeed: () => undefined,
    wake: () => {},
    answerNotice: ({ notificationId }) => ({
      record: { kind: 'notice', id: notificationId },
      screen: 'today',
    }),
    tick: async () => {},
    begin: () => {},
    explain: (error) => error,
    longReads: () => undefined,
    watch: createWatch({
      directory: (workerData as CoreThreadData).directory,
      clock: systemClock,
      keepsFile: false,
    }),
    close: async () => {},
  }),
})
port.close()
