/** The web host: the whole program without Electron, served on this computer for a browser. */
import { findProgram } from '../hosting/program'
import { run } from './run'

process.exitCode = await run(process.argv.slice(2), findProgram(import.meta.dirname))
