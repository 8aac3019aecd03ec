/** Tells the core when the machine woke up: what fell due meanwhile is asked at once. */
import type { PowerMonitor } from 'electron'
import type { CoreWorker } from '../core/worker/client'

export function watchPower(power: Pick<PowerMonitor, 'on'>, core: Pick<CoreWorker, 'wake'>): void {
  power.on('resume', () => core.wake('resumed'))
  power.on('unlock-screen', () => core.wake('unlocked'))
  // macOS: somebody is back at a session that was switched away.
  power.on('user-did-become-active', () => core.wake('unlocked'))
}
