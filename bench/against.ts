/**
 * Two builds side by side: each has a process and a copy of its database of its own, and they take turns operation
 * by operation, so that what the machine does besides meets both alike.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { removeFolder } from '../src/testing-folder'
import { copyOfDatabase, open } from './database'
import { inProcess } from './doors'
import { limitOf } from './limits'
import { summarise, type Timed, timeCalls } from './measure'
import type { Operation } from './operation'
import { createOperations } from './operations'
import { type SizeName, sizes } from './sizes'

type Named = Pick<Operation, 'name' | 'kind'>
interface Turn {
  name: string
  from: number
}

/** How many turns each build has at an operation. */
const turns = 4
const roundsInTurn = (kind: Operation['kind']) => (kind === 'read' || kind === 'write' ? 25 : 2)
const secondsInTurn = 2

/** Lines of the answering side begin so; whatever else a build prints is not for us. */
const mark = '@bench '

/** The other side of `compare`: measures what each line of its input asks for. */
export async function answerTurns(size: SizeName): Promise<void> {
  const directory = await copyOfDatabase(size)
  const core = await open(directory)
  const say = (message: unknown) => process.stdout.write(`${mark}${JSON.stringify(message)}\n`)
  try {
    const operations = await createOperations(inProcess(core), sizes[size])
    say(operations.map(({ name, kind }) => ({ name, kind })))
    for await (const line of createInterface({ input: process.stdin })) {
      const { name, from }: Turn = JSON.parse(line)
      const operation = operations.find((one) => one.name === name)
      if (!operation) throw new Error(`There is no operation ${name}.`)
      const { kind, prepare, run } = operation
      const rounds = from + roundsInTurn(kind) - 1
      say(await timeCalls(run, { rounds, seconds: secondsInTurn, prepare }, from))
    }
  } finally {
    await core.close()
    removeFolder(directory)
  }
}

export interface Comparison extends Named {
  limit: number
  theirs: ReturnType<typeof summarise>
  ours: ReturnType<typeof summarise>
}

/**
 * @param checkout another installed checkout, whose benchmark knows `--turns` too
 * @param wanted which operations
 */
export async function compare(
  checkout: string,
  size: SizeName,
  wanted: (operation: Named) => boolean,
): Promise<Comparison[]> {
  const theirs = await startSide(checkout, size)
  const ours = await startSide(process.cwd(), size)
  const found: Comparison[] = []
  try {
    for (const operation of ours.operations) {
      const { name, kind } = operation
      if (!wanted(operation) || !theirs.operations.some((one) => one.name === name)) continue
      const calls = { theirs: [] as Timed[], ours: [] as Timed[] }
      // The first call of each finds its caches cold.
      for (const side of [theirs, ours]) await side.measure({ name, from: 0 })
      for (let turn = 1; turn <= turns; turn++) {
        const from = turn * roundsInTurn(kind)
        // Whoever came second comes first next time.
        const order = turn % 2 ? (['theirs', 'ours'] as const) : (['ours', 'theirs'] as const)
        for (const side of order)
          calls[side].push(...(await { theirs, ours }[side].measure({ name, from })))
      }
      found.push({
        name,
        kind,
        limit: limitOf(operation),
        theirs: summarise(calls.theirs),
        ours: summarise(calls.ours),
      })
    }
  } finally {
    await Promise.all([theirs.close(), ours.close()])
  }
  return found
}

async function startSide(checkout: string, size: SizeName) {
  const child: ChildProcess = spawn(
    process.execPath,
    [join('scripts', 'bench.mjs'), '--size', size, '--turns'],
    { cwd: checkout, stdio: ['pipe', 'pipe', 'inherit'] },
  )
  if (!child.stdout || !child.stdin) throw new Error('The other benchmark cannot be spoken to.')
  const input = child.stdin
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => {
    for (;;) {
      const { value, done } = await lines.next()
      if (done) throw new Error(`The benchmark in ${checkout} ended early.`)
      if (value.startsWith(mark)) return JSON.parse(value.slice(mark.length))
    }
  }
  const operations: Named[] = await next()
  return {
    operations,
    async measure(turn: Turn): Promise<Timed[]> {
      input.write(`${JSON.stringify(turn)}\n`)
      return await next()
    },
    async close() {
      const ended = once(child, 'exit')
      input.end()
      await ended
    },
  }
}
