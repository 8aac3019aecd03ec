/** What the name of a stage says: whether leads in it are open, won or lost, and how likely they are to be won. */
import type { StageKind } from '../../../../contract/records/words'
import { nameKey } from '../../format/names'
import { normaliseName } from '../values/name-words'

/** Won, Closed Won, Deal lost, Verloren… */
export function guessStageKind(name: string): StageKind {
  const words = normaliseName(name)
  if (
    /\b(not won|lost|closed lost|disqualified|unqualified|abandoned|dead|rejected|declined|cancel+ed|churned|no sale|verloren|abgelehnt|perdue?|perdid[oa]|persa|perso)\b/.test(
      words.replace('closedlost', 'closed lost'),
    )
  )
    return 'lost'
  if (
    /\b(won|closed won|closed signed|signed|converted|gewonnen|gagnee?|ganad[oa]|vint[oa])\b/.test(
      words.replace('closedwon', 'closed won'),
    )
  )
    return 'won'
  return 'open'
}

/** A name that says no more than that leads in it are won, or lost: Closed Won, closedlost, Deal won. */
export function isPlainly(kind: StageKind, name: string): boolean {
  if (kind === 'open' || guessStageKind(name) !== kind) return false
  return /^((is|deal|opportunity|closed?) )*(won|lost|gewonnen|verloren|gagnee?|perdue?|ganad[oa]|perdid[oa])$/.test(
    normaliseName(name).replace(/^closed(?=won|lost)/, 'closed '),
  )
}

/** HubSpot's way of writing a stage: “Appointment Scheduled (Sales Pipeline)”. Brackets in brackets belong to the pipeline. */
function splitPipeline(name: string): { stage: string; pipeline: string } | undefined {
  if (!name.endsWith(')')) return undefined
  let depth = 0
  for (let at = name.length - 1; at > 0; at--) {
    if (name[at] === ')') depth++
    if (name[at] === '(' && --depth === 0) {
      const stage = name.slice(0, at).trimEnd()
      return stage === '' ? undefined : { stage, pipeline: name.slice(at + 1, -1) }
    }
  }
  return undefined
}

/** The name of a stage without the pipeline in brackets behind it, where that is one of these. */
export function withoutPipeline(name: string, ...pipelines: (string | undefined)[]): string {
  const split = splitPipeline(name)
  if (!split) return name
  const key = nameKey(split.pipeline)
  return pipelines.some((one) => one !== undefined && nameKey(one) === key) ? split.stage : name
}

/** The pipeline that every stage of a file names behind itself, if there is one: behind a single stage it must call itself one. */
export function pipelineBehindAll(names: readonly string[]): string | undefined {
  const found = names.map((name) => splitPipeline(name)?.pipeline)
  const [first] = found
  if (first === undefined || (names.length === 1 && !/\bpipeline\b/i.test(first))) return undefined
  const key = nameKey(first)
  return found.every((one) => one !== undefined && nameKey(one) === key) ? first : undefined
}

const likelihood: [RegExp, number][] = [
  [/\b(verbal|commit\w*|contract\w*|legal|decision)\b/, 85],
  [/\b(negotiat\w*|verhandlung)\b/, 75],
  [/\b(propos\w*|quot\w*|offer|angebot|estimate|presentation|presented)\b/, 60],
  [/\b(demo\w*|evaluat\w*|trial|pilot|solution)\b/, 45],
  [/\b(discover\w*|analysis|needs|meeting|appointment|contacted)\b/, 35],
  [/\b(qualif\w*|engag\w*|interested|working)\b/, 25],
  [/\b(prospect\w*|new|lead|cold|target|identified|inbox|backlog)\b/, 10],
]
/** How likely a lead is to be won in a stage of this name; undefined where the name does not say how far it has come. */
export function likelihoodOf(name: string): number | undefined {
  const words = normaliseName(name)
  return likelihood.find(([pattern]) => pattern.test(words))?.[1]
}

const colours = [
  '#15aabf',
  '#e64980',
  '#82c91e',
  '#fab005',
  '#4c6ef5',
  '#12b886',
  '#be4bdb',
  '#fd7e14',
]

interface Existing {
  id: string
  name: string
  kind: StageKind
  position: number
  probability: number
}

/** Halfway from the open stage before to the one after. */
const between = (before: Existing | undefined, after: Existing | undefined): number => {
  const from = before?.kind === 'open' ? before.probability : 10
  const to = after?.kind === 'open' ? after.probability : Math.max(from, 50)
  return Math.round((from + to) / 10) * 5
}

/**
 * The columns of a stage to be made. An open one goes where the plan has it, before the first won or lost stage at the
 * latest; a won one before the first lost stage, a lost one to the end.
 * @param plan the keys of the names of open stages, in their order
 */
export function newStage(
  name: string,
  kind: StageKind,
  existing: readonly Existing[],
  plan: readonly string[],
) {
  const order = [...existing].sort((a, b) => a.position - b.position)
  const own = plan.indexOf(nameKey(name))
  const before = order.findIndex((row) =>
    kind === 'open'
      ? row.kind !== 'open' || (own >= 0 && plan.indexOf(nameKey(row.name)) > own)
      : kind === 'won' && row.kind === 'lost',
  )
  const position = before < 0 ? order.length : before
  const guessed = likelihoodOf(name) ?? between(order[position - 1], order[position])
  return {
    position,
    /** Stages that make room. */
    moved: order
      .map((row, index) => ({
        id: row.id,
        position: index < position ? index : index + 1,
        was: row.position,
      }))
      .filter((row) => row.position !== row.was),
    probability: kind === 'won' ? 100 : kind === 'lost' ? 0 : guessed,
    color:
      kind === 'won'
        ? '#2b8a3e'
        : kind === 'lost'
          ? '#c92a2a'
          : (colours[existing.length % colours.length] ?? '#868e96'),
    rottingDays: kind === 'open' ? 30 : null,
  }
}
