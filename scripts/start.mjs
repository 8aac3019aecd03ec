// npm start: brings everything into place and opens Rapport, from a fresh clone too. Electron's
// window where it can open, else the web host and the browser. What follows `--` goes to the host.
// Must itself run on Node 20.
import { buildWhenNeeded } from './build.mjs'
import { downloadElectron, findElectron, whyNoWindow } from './electron.mjs'
import { installWhenNeeded } from './install.mjs'
import { findNode, noNodeMessage, root, run, runProgram } from './node24.mjs'

const args = process.argv.slice(2)
process.exitCode = await start()

async function start() {
  if (!(await installWhenNeeded())) return 1
  if (!findNode()) {
    console.error(noNodeMessage)
    return 1
  }
  if (!(await buildWhenNeeded({ quiet: true }))) return 1
  if (args.some((word) => ['--web', '--help', '-h'].includes(word))) return await serve()
  return await openWindow()
}

async function openWindow() {
  const obstacle = whyNoWindow()
  if (obstacle) return await serveInstead(obstacle)
  let electron = findElectron()
  if (!electron) {
    console.error('Fetching Electron (once) …')
    electron = await downloadElectron()
  }
  if (!electron) return await serveInstead('Electron could not be downloaded')
  const environment = { ...process.env }
  // Set by tools that use Electron as a plain Node; it would open no window.
  delete environment.ELECTRON_RUN_AS_NODE
  return await runProgram(electron, ['.', ...args], { cwd: root, environment })
}

async function serveInstead(reason) {
  console.error(`No desktop window, because ${reason}: Rapport is served for the browser instead.`)
  return await serve()
}

function serve() {
  return run('out/main/web.js', args, { cwd: root })
}
