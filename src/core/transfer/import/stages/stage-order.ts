/** The order a funnel gives to the new stages of a file: by the words of their names, and by how old the leads in them are. */
import type { StageKind } from '../../../../contract/records/words'
import { nameKey } from '../../format/names'
import { type ReadForm, readRecords } from '../csv/read-records'
import { createPauses } from '../runs/pauses'
import { likelihoodOf } from './stage-words'

/** What a file says of one of its stages. */
export interface StageFacts {
  name: string
  /** When half of its leads were created, in epoch milliseconds; null where no date says it. */
  median: number | null
}

const mostStages = 200
const mostDates = 1000

/**
 * Reads the whole file.
 * @param read the stage of a record and when its lead was created
 */
export async function surveyStages(
  path: string,
  form: ReadForm,
  read: (cells: readonly string[]) => { stage?: string; createdAt?: number },
  signal: AbortSignal,
): Promise<StageFacts[]> {
  const stages = new Map<string, { name: string; dates: ReturnType<typeof createMedian> }>()
  const pause = createPauses()
  for await (const { values, problem } of readRecords(path, form, { signal })) {
    const { stage, createdAt } = problem ? {} : read(values)
    await pause()
    if (stage === undefined) continue
    const key = nameKey(stage)
    let known = stages.get(key)
    if (!known) {
      if (stages.size === mostStages) continue
      known = { name: stage, dates: createMedian() }
      stages.set(key, known)
    }
    if (createdAt !== undefined) known.dates.add(createdAt)
  }
  return [...stages.values()].map(({ name, dates }) => ({ name, median: dates.median() }))
}

/** The median of some of the values, evenly taken, in bounded memory. */
function createMedian() {
  let kept: number[] = []
  let stride = 1
  let seen = 0
  return {
    add(value: number) {
      if (seen++ % stride !== 0) return
      kept.push(value)
      if (kept.length < mostDates) return
      kept = kept.filter((_, index) => index % 2 === 0)
      stride *= 2
    },
    median: () => kept.toSorted((a, b) => a - b)[Math.floor(kept.length / 2)] ?? null,
  }
}

interface Existing {
  name: string
  kind: StageKind
  probability: number
  position: number
}

/**
 * Names of the open stages of a pipeline, those to be made among those it has. A known word has its place; what is left goes
 * before the stages whose leads are older. The order of somebody who selected one holds among the new ones.
 */
export function planStages(
  existing: readonly Existing[],
  facts: readonly StageFacts[],
  { kindOf, chosen }: { kindOf(name: string): StageKind | undefined; chosen: readonly string[] },
): string[] {
  const medians = new Map(facts.map(({ name, median }) => [nameKey(name), median]))
  const plan = existing
    .filter(({ kind }) => kind === 'open')
    .toSorted((a, b) => a.position - b.position)
    .map(({ name, probability }) => ({
      key: nameKey(name),
      likelihood: likelihoodOf(name) ?? (probability as number | undefined),
    }))
  const known = new Set(existing.map(({ name }) => nameKey(name)))
  const added = facts
    .filter(({ name }) => !known.has(nameKey(name)) && kindOf(name) === 'open')
    .map(({ name, median }) => ({ key: nameKey(name), median, likelihood: likelihoodOf(name) }))
  const newestFirst = added.toSorted(
    (a, b) => (b.median ?? -Infinity) - (a.median ?? -Infinity) || 0,
  )
  const insert = (
    one: (typeof plan)[number],
    before: (other: (typeof plan)[number]) => boolean,
  ) => {
    const index = plan.findIndex(before)
    plan.splice(index < 0 ? plan.length : index, 0, one)
  }
  for (const one of newestFirst)
    if (one.likelihood !== undefined)
      insert(one, ({ likelihood }) => (likelihood ?? 0) > (one.likelihood ?? 0))
  for (const one of newestFirst)
    if (one.likelihood === undefined)
      insert(one, ({ key }) => {
        const median = medians.get(key) ?? null
        return median !== null && one.median !== null && median < one.median
      })
  return inChosenOrder(
    plan.map(({ key }) => key),
    added.map(({ key }) => key),
    chosen.map(nameKey),
  )
}

/** The places that the chosen ones have, filled in the chosen order. */
function inChosenOrder(plan: string[], added: readonly string[], chosen: readonly string[]) {
  const moved = chosen.filter((key) => added.includes(key))
  const places = plan.flatMap((key, index) => (moved.includes(key) ? index : []))
  const order = [...plan]
  for (const [at, index] of places.entries()) order[index] = moved[at] ?? ''
  return order
}
