/** The HTTP API as an outside program meets it: what the tests of its areas share. */
import { expect, it } from 'vitest'
import type { Stage } from '../../src/contract/records/pipeline'
import {
  type Answer,
  faultOfRefusal,
  type Person,
  prepareApi,
  procedureNamed,
  procedures,
  requestFor,
} from '../api'
import { type AskedIn, fileOf } from './asked-in'

export interface Page<Item> {
  items: Item[]
  nextCursor: string | null
  total: number
}
export interface Bulk {
  changed: number
  skipped: number
  batchId: string
}

export const missingId = '01900000-0000-7000-8000-000000000000'
export const titles = (page: Page<{ title: string }>) => page.items.map((item) => item.title)
export const utc = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** A host for all tests of a file, and calls of it; to be asked for at the top of the file. */
export function prepareCalls() {
  const called = new Set<string>()
  const api = prepareApi()

  /** Calls a procedure of the contract over HTTP. The answer must have its status and exactly its shape. */
  async function call<Output>(
    who: Person,
    name: string,
    input: Readonly<Record<string, unknown>> = {},
  ): Promise<Output> {
    const procedure = procedureNamed(name)
    const { method, path, question } = requestFor(procedure, input)
    const answer = await who.ask(method, path, question)
    expect([name, answer.status, answer.status < 300 || answer.text]).toEqual([
      name,
      procedure.successStatus,
      true,
    ])
    expect(answer.headers.get('content-type')).toContain('application/json')
    // Keys that the contract does not name would be dropped by its schema.
    expect(procedure.output.parse(answer.body)).toEqual(answer.body)
    called.add(name)
    return answer.body as Output
  }

  async function refused(
    who: Person,
    [method, path]: [method: string, path: string],
    body?: unknown,
  ): Promise<Answer & { code: string; message: string; paths: string[] }> {
    const answer = await who.ask(method, path, body === undefined ? {} : { body })
    expect(faultOfRefusal(answer)).toBeUndefined()
    const { code, message, issues } = answer.body as {
      code: string
      message: string
      issues?: { path: string }[]
    }
    return { ...answer, code, message, paths: (issues ?? []).map((issue) => issue.path) }
  }

  const stageNamed = async (who: Person, name: string): Promise<Stage> => {
    const stages = await call<Stage[]>(who, 'pipeline.stages.list')
    const found = stages.find((stage) => stage.name === name)
    if (!found) throw new Error(`There is no stage ${name}.`)
    return found
  }

  return {
    api,
    call,
    refused,
    stageNamed,
    /** A call that was made by other means. */
    noteCalled: (name: string) => void called.add(name),
    /** To be the last of a file. A test and no hook: a hook that fails keeps those before it from running, which end the program. */
    testThatAllWasAsked(file: AskedIn) {
      it(`Every endpoint that belongs to ${file} was asked`, () => {
        const own = procedures.map(({ name }) => name).filter((name) => fileOf(name) === file)
        expect(own).not.toEqual([])
        expect(own.filter((name) => !called.has(name))).toEqual([])
      })
    },
  }
}
