/** What the whole file says before its first row is read: how its dates and numbers are written, its ids, its stages. */
import type { CustomField } from '../../../../contract/kernel/custom-fields'
import type { Kernel } from '../../../kernel/kernel'
import { customTables, fieldsByKind } from '../fields/fields'
import type { ImportFiles, KeptFile } from '../runs/files'
import type { Run } from '../runs/run'
import { type StageFacts, surveyStages } from '../stages/stage-order'
import { normaliseName } from '../values/name-words'
import { createRowReader, type ReaderOptions } from '../values/read-values'
import { type Survey, surveyColumns } from './survey-columns'

export function customFieldsOf(
  { customFields }: Kernel,
  { kind }: Pick<Run, 'kind'>,
): readonly CustomField[] {
  const table = customTables[kind]
  return table ? customFields.of(table) : []
}

/** The stages of a file of leads, and when their leads were created, for the order of those to be made. */
export async function stagesOf(
  path: string,
  { form }: KeptFile,
  { kind, mapping, options }: Run,
  survey: Survey,
  signal: AbortSignal,
  reading: Pick<ReaderOptions, 'zone' | 'currency' | 'now'>,
): Promise<StageFacts[]> {
  if (kind !== 'leads' || !mapping.stage) return []
  const { stage, createdAt, stageEnteredAt } = mapping
  const when = createdAt ?? stageEnteredAt
  const read = createRowReader({
    ...reading,
    kind,
    mapping: { stage, ...(when && { createdAt: when }) },
    columns: form.columns,
    options,
    survey,
    custom: [],
    doubted: new Set(),
  })
  return surveyStages(path, form, (cells) => read(cells).values, signal)
}

/** Fields that name other records. */
const referenceFields = 'company contact parent owner lead customer user createdBy manager'.split(
  ' ',
)

/** Those whose column holds ids of another program, by its values or its name. */
export const idFieldsOf = ({ mapping }: Run, survey: Survey): ReadonlySet<string> =>
  new Set(
    referenceFields.filter((field) => {
      const [column, another] = mapping[field] ?? []
      if (column === undefined || another !== undefined) return false
      return survey[column]?.ids || /\bids?$/.test(normaliseName(column))
    }),
  )

const surveyedTypes: readonly string[] = [
  'date',
  'instant',
  'integer',
  'number',
  'money',
  'probability',
]

/** What the whole file says about its columns of dates and numbers; looked up once a file. */
export async function surveyFile(
  files: ImportFiles,
  file: KeptFile,
  run: Run,
  custom: readonly CustomField[],
  signal: AbortSignal,
) {
  const typeOf = (name: string) => fieldsByKind[run.kind].find((field) => field.name === name)?.type
  const wanted = Object.entries(run.mapping)
    .filter(([name]) => {
      if (referenceFields.includes(name)) return true
      if (!name.startsWith('custom.')) return surveyedTypes.includes(typeOf(name) ?? '')
      const known = custom.find((field) => `custom.${field.key}` === name)
      return !known || ['number', 'percent', 'money', 'date'].includes(known.type)
    })
    .flatMap(([, columns]) => columns)
  // Columns that feed nothing still show how the file writes its decimals.
  const used = new Set(Object.values(run.mapping).flat())
  if (wanted.length > 0) wanted.push(...file.form.columns.filter((column) => !used.has(column)))
  const missing = [...new Set(wanted)].filter((column) => !Object.hasOwn(file.survey, column))
  if (missing.length > 0) {
    const found = await surveyColumns(files.pathOf(file.id), file.form, missing, signal)
    file.survey = { ...file.survey, ...found }
    files.keep(file)
  }
  return file.survey
}
