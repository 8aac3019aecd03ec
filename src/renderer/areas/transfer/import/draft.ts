/** The import being prepared: kept through every step, through other places and a reload of this tab. */
import * as z from 'zod'
import { useStore } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'
import { createStore } from 'zustand/vanilla'
import { ImportOptions, InspectedFile, Mapping } from '../../../../contract/transfer/import'
import { importKinds } from '../../../../contract/transfer/words'

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

const Stored = z.object({ draft: Draft.nullable() })

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

const defaultOptions: DraftOptions = Options.parse({})

/** One for all steps: what a check notes of itself never takes away what is chosen meanwhile. */
const store = createStore(
  persist(
    (set): DraftStore => ({
      draft: null,
      change: (patch) => set(({ draft }) => ({ draft: draft && { ...draft, ...patch } })),
      replace: (draft) => set({ draft }),
    }),
    {
      name: 'rapport.import',
      storage: createJSONStorage(() => sessionStorage),
      partialize: ({ draft }) => ({ draft }),
      merge: (stored, fresh) => ({ ...fresh, draft: Stored.safeParse(stored).data?.draft ?? null }),
    },
  ),
)

export const useDraft = (): DraftStore => useStore(store)
