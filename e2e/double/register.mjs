// node --import ./e2e/double/register.mjs out/main/index.js
// Gives the built desktop program the double wherever it asks for Electron.
import { registerHooks } from 'node:module'
import { isMainThread } from 'node:worker_threads'
import './clock.mjs'

const double = new URL('./electron.mjs', import.meta.url).href

if (isMainThread) {
  // The native side of another system, which the double has all of.
  const platform = process.env.RAPPORT_DOUBLE_PLATFORM
  if (platform) Object.defineProperty(process, 'platform', { value: platform })
  registerHooks({
    resolve(name, context, next) {
      if (name !== 'electron' && name !== 'electron/main') return next(name, context)
      return { url: double, format: 'module', shortCircuit: true }
    },
  })
}
