/** The clashes that wait for a person, one dialog after the other. */
import { createStore } from 'zustand/vanilla'
import type { Clash } from '../../../contract/kernel/based-on'
import type { Settlement } from './settle'

export interface Question {
  key: number
  clashes: readonly Clash[]
  answer(settlement: Settlement): void
}

export const questions = createStore<{ waiting: readonly Question[] }>(() => ({ waiting: [] }))

let asked = 0

export function askAboutClashes(clashes: readonly Clash[]): Promise<Settlement> {
  return new Promise((resolve) => {
    const question: Question = {
      key: ++asked,
      clashes,
      answer(settlement) {
        questions.setState(({ waiting }) => ({
          waiting: waiting.filter((other) => other !== question),
        }))
        resolve(settlement)
      },
    }
    questions.setState(({ waiting }) => ({ waiting: [...waiting, question] }))
  })
}

/** Back to the form, with everything typed still in it. */
export const putAside = () => questions.getState().waiting[0]?.answer(null)
