/** The web host: the whole program without Electron, served on this computer for a browser. */
import { setFlagsFromString } from 'node:v8'
import { findProgram } from '../hosting/program'
import { run } from './run'

// Before the core's thread starts: else its heap grows to several times of what is in use, and the room
// for new objects to what calls that leave nothing behind never need.
setFlagsFromString('--heap-growing-percent=15')
setFlagsFromString('--min-semi-space-size=2')
setFlagsFromString('--semi-space-growth-factor=1')

process.exitCode = await run(process.argv.slice(2), findProgram(import.meta.dirname))
