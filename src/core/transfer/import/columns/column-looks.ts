/** What the values of a column look like, where its name alone does not say what it holds. */
import type { ImportKind } from '../../../../contract/transfer/words'
import { guessStageKind, likelihoodOf } from '../stages/stage-words'
import { normaliseColumn, normaliseName } from '../values/name-words'
import { isIdOf } from '../values/references'

const words = (text: string) => new Set(text.split(' '))
const idWords = words(
  'id ids uid uuid guid key number no nr num code ref reference identifier record external system unique legacy old crm internal database db object hubspot pipedrive salesforce zoho',
)
/** A column “Deal number” of leads holds ids of its own records, “Customer number” those of others. */
const ownWords: Readonly<Record<ImportKind, ReadonlySet<string>>> = {
  companies: words('company account organization organisation org firm customer client'),
  contacts: words('contact person people'),
  leads: words('lead deal opportunity opp sales project'),
  customers: words('customer client account'),
  quotes: words('quote offer estimate proposal'),
  tasks: words('task todo to do'),
  activities: words('activity event engagement interaction'),
  users: words('user agent employee member'),
}

const isToken = (value: string) => /^(?=.*\d)[^\s@/]{1,64}$/.test(value)

/** Ids of the records themselves: short, none there twice, under a name that says so or plainly ids. */
export function holdsOwnIds(
  kind: ImportKind,
  name: string,
  values: readonly string[],
  isFirst: boolean,
): boolean {
  if (values.length === 0 || new Set(values).size < values.length) return false
  if (!values.every(isToken)) return false
  const own = normaliseColumn(name).split(' ')
  const isNamedSo =
    own.some((word) => idWords.has(word)) &&
    own.every((word) => idWords.has(word) || ownWords[kind].has(word))
  if (isNamedSo) return true
  return (
    isFirst && values.length >= 3 && values.every((value) => /\p{L}/u.test(value) && isIdOf(value))
  )
}

/** Stages of a funnel under the name of a status: negotiation, proposal, closed won. */
export function holdsStages(
  name: string,
  values: readonly string[],
  isStatus: (value: string) => boolean,
): boolean {
  const isNamedSo = /\b(status|state|progress|step|phase|stadium|statut|estado|etat|etape)\b/.test(
    normaliseName(name),
  )
  if (!isNamedSo) return false
  const different = [...new Set(values.map(normaliseName))]
  if (different.length === 0 || different.some((value) => value.length > 40)) return false
  if (different.every(isStatus)) return false
  const stages = different.filter(
    (value) => likelihoodOf(value) !== undefined || guessStageKind(value) !== 'open',
  )
  return stages.length >= different.length / 2
}
