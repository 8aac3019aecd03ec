/**
 * Names the machine, so that a database notices when it comes to another one. The name is outside
 * every data folder and goes nowhere else.
 */
import { execFileSync } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, posix, win32 } from 'node:path'

export interface MachineOptions {
  platform?: NodeJS.Platform
  environment?: NodeJS.ProcessEnv
  home?: string
  /** What the system calls itself; undefined where it does not say. */
  system?: string | undefined
}

/**
 * The same at each start on this machine and account. `RAPPORT_MACHINE` sets it, for containers
 * whose files do not last. A home folder that was taken to another machine gets a new name there.
 */
export function machineName(options: MachineOptions = {}): string {
  const { platform = process.platform, environment = process.env, home = homedir() } = options
  if (environment.RAPPORT_MACHINE) return environment.RAPPORT_MACHINE
  const system = 'system' in options ? options.system : systemName(platform)
  const ofSystem =
    system === undefined ? null : createHash('sha256').update(`rapport ${system}`).digest('hex')
  const file = machineFile(platform, environment, home)
  const known = readName(file)
  if (known && known.system === ofSystem) return known.id
  const id = randomUUID()
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(`${file}.partial`, `${JSON.stringify({ id, system: ofSystem })}\n`)
    renameSync(`${file}.partial`, file)
    return id
  } catch {
    // Without a place of its own the system's name has to do; without either, each start would ask.
    return ofSystem ?? 'unnamed'
  }
}

/** Where settings of this machine are: on Windows not where a profile takes them along. */
export function machineFile(
  platform: NodeJS.Platform,
  environment: NodeJS.ProcessEnv,
  home: string,
): string {
  if (platform === 'win32')
    return win32.join(
      environment.LOCALAPPDATA || win32.join(home, 'AppData', 'Local'),
      'Rapport',
      'machine.json',
    )
  if (platform === 'darwin')
    return posix.join(home, 'Library', 'Application Support', 'Rapport', 'machine.json')
  const base = environment.XDG_CONFIG_HOME
  const usable = base !== undefined && posix.isAbsolute(base)
  return posix.join(usable ? base : posix.join(home, '.config'), 'rapport', 'machine.json')
}

function readName(file: string): { id: string; system: string | null } | undefined {
  try {
    const { id, system } = JSON.parse(readFileSync(file, 'utf8'))
    return typeof id === 'string' && id !== '' ? { id, system: system ?? null } : undefined
  } catch {
    return undefined
  }
}

function systemName(platform: NodeJS.Platform): string | undefined {
  const ask = (file: string, words: string[], answer: RegExp) =>
    answer.exec(
      execFileSync(file, words, { encoding: 'utf8', timeout: 3000, windowsHide: true }),
    )?.[1]
  try {
    if (platform === 'win32')
      return ask(
        'reg.exe',
        ['query', 'HKLM\\SOFTWARE\\Microsoft\\Cryptography', '/v', 'MachineGuid'],
        /MachineGuid\s+REG_SZ\s+(\S+)/,
      )
    if (platform === 'darwin')
      return ask(
        '/usr/sbin/ioreg',
        ['-rd1', '-c', 'IOPlatformExpertDevice'],
        /"IOPlatformUUID" = "([^"]+)"/,
      )
    return readFileSync('/etc/machine-id', 'utf8').trim() || undefined
  } catch {
    return undefined
  }
}
