/** Connects the screens to the core, and says what the core does before it can answer. */
import type { IpcMain } from 'electron'
import type { Opening } from '../contract/kernel/opening'
import type { CoreWorker } from '../core/worker/client'
import { relay } from './relay'
import { isOurFrame } from './security'

/** Any other page that got in somehow is not answered, and its port is closed. */
export function acceptConnections(
  ipc: Pick<IpcMain, 'on' | 'handle'>,
  core: Pick<CoreWorker, 'connect' | 'opening'>,
  origin: string,
): void {
  ipc.on('rapport:connect', ({ ports: [port], senderFrame }) => {
    if (!port) return
    if (isOurFrame(senderFrame, origin)) core.connect(relay(port), 'desktop')
    else port.close()
  })
  ipc.handle('rapport:opening', ({ senderFrame }): Opening => {
    if (!isOurFrame(senderFrame, origin)) throw new Error('This page may not ask.')
    return { step: core.opening() ?? null }
  })
}
