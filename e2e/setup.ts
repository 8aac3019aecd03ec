// Runs once before the end-to-end tests: they drive the built program, so it has to be built.
import { existsSync } from 'node:fs'

export default function requireBuild() {
  const missing = ['out/main/web.js', 'out/renderer/index.html'].filter((file) => !existsSync(file))
  if (missing.length > 0) {
    throw new Error(`${missing.join(' and ')} missing. Build first: npm run build`)
  }
}
