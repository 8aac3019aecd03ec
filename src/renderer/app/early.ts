/** Answers that are asked for while the code that shows them is still on its way. */
import type { ClientLink } from '@orpc/client'
import type { DatabaseStatus } from '../../contract/history/backups'

type Link = ClientLink<Record<never, never>>

export interface EarlyAnswers {
  /** Asks now; the first call of the same procedure with the same input gets this answer. */
  ask(procedure: string, input?: unknown): Promise<unknown>
  /**
   * Drops what nobody has called for. To be called as soon as changes are heard live: what is in the
   * cache by then is told when it goes stale, an answer that waits here is not.
   */
  forget(): void
}

/** `link` with answers that may have been asked early. */
export function answeringEarly(link: Link): { link: Link; early: EarlyAnswers } {
  const answers = new Map<string, Promise<unknown>>()
  return {
    link: {
      call(path, input, options) {
        const key = keyOf(path.join('.'), input)
        const answer = answers.get(key)
        answers.delete(key)
        return answer ?? link.call(path, input, options)
      },
    },
    early: {
      ask(procedure, input) {
        const answer = link.call(procedure.split('.'), input, { context: {} })
        // Whoever calls for it hears of a failure; nobody may.
        answer.catch(() => {})
        answers.set(keyOf(procedure, input), answer)
        return answer
      },
      forget: () => answers.clear(),
    },
  }
}

const keyOf = (procedure: string, input: unknown) => `${procedure} ${JSON.stringify(input)}`

/** What the frame around every screen asks for, in the order of what is missed most. */
const shell: readonly [procedure: string, input?: unknown][] = [
  ['users.me'],
  ['drafts.list', {}],
  ['settings.workspace'],
  ['agenda.counts', {}],
  ['outbox.status'],
  ['holds.status'],
  ['settings.preferences'],
]
/** What the board as it is first shown asks for; any other board is asked for by itself. */
const board: typeof shell = [
  ['pipeline.board', { sort: 'position', limit: 30 }],
  ['pipeline.list'],
  ['settings.views.list', { list: 'board' }],
]

/**
 * Asks for what the first screen needs.
 * @param hash of the address, as `#/pipeline`
 */
export async function askEarly({ ask }: Pick<EarlyAnswers, 'ask'>, hash: string): Promise<void> {
  // First and alone: its `feedPosition` must be no later than anything else that is read.
  const { state } = (await ask('database.status')) as DatabaseStatus
  if (state !== 'ready') return
  const isBoard = hash === '' || hash === '#/' || hash === '#/pipeline'
  for (const [procedure, input] of [...(isBoard ? board : []), ...shell]) void ask(procedure, input)
}
