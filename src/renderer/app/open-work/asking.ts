/** Asks, before a record gets another owner, whether its open work goes along; once for each change. */
import { type ClientLink, ORPCError } from '@orpc/client'
import { createStore } from 'zustand/vanilla'

type Link = ClientLink<Record<never, never>>

export interface OpenWork {
  tasks: number
  reminders: number
  meetings: number
  activities: number
}

export interface Question {
  key: number
  work: OpenWork
  /** Whether it moves; undefined: nothing is changed. */
  answer(move: boolean | undefined): void
}

export const questions = createStore<{ waiting: readonly Question[] }>(() => ({ waiting: [] }))

let asked = 0

export function askAboutOpenWork(work: OpenWork): Promise<boolean | undefined> {
  return new Promise((resolve) => {
    const question: Question = {
      key: ++asked,
      work,
      answer(move) {
        questions.setState(({ waiting }) => ({
          waiting: waiting.filter((other) => other !== question),
        }))
        resolve(move)
      },
    }
    questions.setState(({ waiting }) => ({ waiting: [...waiting, question] }))
  })
}

const calledOff = 'NOT_CHANGED'

/** Whether somebody went back instead of answering: nothing is to be said of that. */
export const wasCalledOff = (error: unknown): boolean =>
  error instanceof ORPCError && error.code === calledOff

const kinds: Readonly<Record<string, string>> = {
  leads: 'lead',
  customers: 'customer',
  contacts: 'contact',
  companies: 'company',
}

interface Giving {
  id?: string
  ownerId?: string | null
  moveOpenWork?: boolean
  target?: object
  action?: { type: string; patch?: { ownerId?: string | null; moveOpenWork?: boolean } }
}

/** Every save of every screen passes here; those that give a record away and do not say, ask. */
export function askingAboutOpenWork(
  link: Link,
  ask: (work: OpenWork) => Promise<boolean | undefined>,
): Link {
  return {
    async call(path, input, options) {
      const [area = '', verb] = path
      const kind = kinds[area]
      const giving = input as Giving | undefined
      const patch = verb === 'update' ? giving : verb === 'bulk' ? giving?.action?.patch : undefined
      if (!kind || !giving || !patch?.ownerId || patch.moveOpenWork !== undefined)
        return link.call(path, input, options)
      const target = giving.target ?? { ids: [giving.id] }
      const work = (await link.call(
        ['agenda', 'openWork'],
        { kind, target, ownerId: patch.ownerId },
        options,
      )) as OpenWork
      if (wordsOf(work).length === 0) return link.call(path, input, options)
      const moveOpenWork = await ask(work)
      if (moveOpenWork === undefined)
        throw new ORPCError(calledOff, { status: 409, message: 'The owner was not changed.' })
      const next =
        verb === 'update'
          ? { ...giving, moveOpenWork }
          : { ...giving, action: { ...giving.action, patch: { ...patch, moveOpenWork } } }
      return link.call(path, next, options)
    },
  }
}

/** “1 task”, “2 reminders”, “1 meeting”. */
export const wordsOf = ({ tasks, reminders, meetings, activities }: OpenWork): string[] =>
  (
    [
      [tasks, 'task', 'tasks'],
      [reminders, 'reminder', 'reminders'],
      [meetings, 'meeting', 'meetings'],
      [activities, 'planned activity', 'planned activities'],
    ] as const
  )
    .filter(([count]) => count > 0)
    .map(([count, one, many]) => `${count.toLocaleString()} ${count === 1 ? one : many}`)
