/** Connects the screens to the core: the one thing a page can ask the desktop program for. */
import type { IpcMain } from 'electron'
import type { CoreWorker } from '../core/worker/client'
import { relay } from './relay'
import { isOurFrame } from './security'

/** Any other page that got in somehow is not answered, and its port is closed. */
export function acceptConnections(
  ipc: Pick<IpcMain, 'on'>,
  core: Pick<CoreWorker, 'connect'>,
  origin: string,
): void {
  ipc.on('rapport:connect', ({ ports: [port], senderFrame }) => {
    if (!port) return
    if (isOurFrame(senderFrame, origin)) core.connect(relay(port), 'desktop')
    else port.close()
  })
}
