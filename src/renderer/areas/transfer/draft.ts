/** The import being prepared: kept through every step, through other places and a reload of this tab. */
import { useSessionStorage } from '@mantine/hooks'
import { useCallback } from 'react'
import * as z from 'zod'
import { ImportOptions, InspectedFile, Mapping } from '../../../contract/transfer'
import { importKinds } from '../../../contract/words'

const Options = ImportOptions.pick({
  onDuplicate: true,
  createOwners: true,
  createCompanies: true,
  createContacts: true,
  createStages: true,
  ownerMap: true,
  stageMap: true,
  stageOrder: true,
  pipelineId: true,
  currency: true,
  dateOrder: true,
  decimalSeparator: true,
})
export type DraftOptions = z.output<typeof Options>

const Draft = z.object({
  file: InspectedFile,
  /** How the file is read, where somebody decided it. */
  form: z.object({
    hasHeader: z.boolean().optional(),
    headerLine: z.number().optional(),
    encoding: z.string().optional(),
    delimiter: z.string().optional(),
  }),
  kind: z.enum(importKinds),
  /** Null until the step of the fields has proposed one. */
  mapping: Mapping.nullable(),
  remembered: z.boolean(),
  options: Options,
  /** The latest check, and of what. */
  check: z.object({ importId: z.string(), of: z.string() }).nullable(),
})
export type Draft = z.output<typeof Draft>

/** What the file is taken for before anybody chose anything. */
export const draftOf = (file: InspectedFile, form: Draft['form'] = {}): Draft => ({
  file: {
    ...file,
    sampleRows: file.sampleRows.map((row) => row.map((cell) => cell.slice(0, 300))),
  },
  form,
  kind: file.kind,
  mapping: null,
  remembered: false,
  options: defaultOptions,
  check: null,
})

/** Everything a check or an import of the draft is started with; checks of the same are the same. */
export const inputOf = ({ file, form, kind, mapping, options }: Draft) => ({
  kind,
  fileId: file.fileId,
  mapping: mapping ?? {},
  ...options,
  ...form,
})

export interface DraftStore {
  draft: Draft | null
  change(patch: Partial<Draft>): void
  replace(draft: Draft | null): void
}

export function useDraft(): DraftStore {
  const [draft, setDraft, removeDraft] = useSessionStorage<Draft | null>({
    key: 'rapport.import',
    defaultValue: null,
    getInitialValueInEffect: false,
    deserialize: read,
  })
  const change = useCallback(
    (patch: Partial<Draft>) => setDraft((before) => before && { ...before, ...patch }),
    [setDraft],
  )
  const replace = useCallback(
    (next: Draft | null) => (next ? setDraft(next) : removeDraft()),
    [setDraft, removeDraft],
  )
  return { draft, change, replace }
}

const defaultOptions: DraftOptions = Options.parse({})

function read(text: string | undefined): Draft | null {
  if (!text) return null
  try {
    return Draft.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
