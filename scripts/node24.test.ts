// The launcher is between a person's Ctrl-C and the program: signals and exit codes pass through.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { removeFolder } from '../src/testing-folder'

const launcher = join(import.meta.dirname, 'node24.mjs')
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rapport-launcher-'))
})
afterAll(() => removeFolder(folder))

describe('the launcher', () => {
  it('runs a file under Node 24 or newer, with its arguments', async () => {
    const { output, code } = await launch(
      'console.log(process.versions.node.split(".")[0] >= 24, process.argv.slice(2).join())',
      ['--port', '0'],
    )
    expect(output).toBe('true --port,0\n')
    expect(code).toBe(0)
  })

  it('ends with the exit code of what it ran', async () => {
    expect((await launch('process.exitCode = 7')).code).toBe(7)
  })

  it.runIf(process.platform !== 'win32').each(['SIGINT', 'SIGTERM'] as const)(
    'passes %s on and waits for a clean end',
    async (signal) => {
      const { output, code } = await launch(
        `process.on('${signal}', () => setTimeout(() => { console.log('closed'); process.exit(3) }, 50))
         console.log('ready'); setInterval(() => {}, 1000)`,
        [],
        (child) => child.kill(signal),
      )
      expect(output).toBe('ready\nclosed\n')
      expect(code).toBe(3)
    },
  )

  it.runIf(process.platform !== 'win32')(
    'ends what it runs when npm ends the shell in between, which tells nobody',
    async () => {
      const file = join(folder, 'served.mjs')
      writeFileSync(
        file,
        `process.on('SIGTERM', () => { console.log('closed'); process.exit() })
         console.log('ready'); setInterval(() => {}, 1000)`,
      )
      const { output } = await collect(
        'sh',
        ['-c', `"$@"; true`, 'sh', process.execPath, launcher, file],
        {
          onFirstOutput: (child) => child.kill('SIGTERM'),
          environment: { ...process.env, npm_lifecycle_event: 'start' },
        },
      )
      expect(output).toBe('ready\nclosed\n')
    },
  )

  it("runs a package's command by its name, and says so where there is none", async () => {
    expect((await collect(...command(['vitest', '--version']))).output).toMatch(/^vitest\/\d/)
    const missing = await collect(...command(['no-such-command']))
    expect(missing.code).toBe(1)
    expect(missing.output).toContain('no-such-command')
  })
})

async function launch(
  program: string,
  args: string[] = [],
  onFirstOutput?: (child: ChildProcess) => void,
) {
  const file = join(folder, 'program.mjs')
  writeFileSync(file, program)
  return await collect(...command([file, ...args]), onFirstOutput && { onFirstOutput })
}

function command(args: string[]): [executable: string, args: string[]] {
  return [process.execPath, [launcher, ...args]]
}

interface Watching {
  onFirstOutput?: (child: ChildProcess) => void
  environment?: NodeJS.ProcessEnv
}

function collect(
  executable: string,
  args: string[],
  { onFirstOutput, environment }: Watching = {},
) {
  return new Promise<{ output: string; code: number | null }>((done) => {
    const child = spawn(executable, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: environment ?? process.env,
    })
    let output = ''
    const onData = (text: Buffer) => {
      if (output === '') onFirstOutput?.(child)
      output += text
    }
    child.stdout.on('data', onData)
    child.stderr.on('data', onData)
    child.on('close', (code) => done({ output, code }))
  })
}
