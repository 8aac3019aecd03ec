import { EventEmitter } from 'node:events'
import type { PowerMonitor } from 'electron'
import { expect, it } from 'vitest'
import { watchPower } from './power'

it('A machine that wakes up or is unlocked lets the core ask at once what is due', () => {
  const power = new EventEmitter()
  const reasons: string[] = []
  watchPower(power as unknown as PowerMonitor, { wake: (reason) => void reasons.push(reason) })
  for (const event of [
    'suspend',
    'resume',
    'lock-screen',
    'unlock-screen',
    'user-did-become-active',
  ])
    power.emit(event)
  expect(reasons).toEqual(['resumed', 'unlocked', 'unlocked'])
})
