/** Import of files. */
import * as z from 'zod'
import { may } from '../kernel/base'
import { Id, Instant, JsonOr, Reference } from '../kernel/shapes'
import { customFieldTypes } from '../kernel/words'
import { stageKinds } from '../records/words'
import { duplicatePolicies, importKinds } from './words'

const tags = ['Transfer']
const Flag = z.union([z.boolean(), z.stringbool()])

/** Field → columns of the file; several columns are joined with " – ". Custom fields are `custom.key`. */
export const Mapping = z.record(z.string().max(80), z.array(z.string().max(500)).min(1).max(10))
export type Mapping = z.infer<typeof Mapping>

/** The line of the file that names the columns, from 1; where none does, the first line of data. */
const HeaderLine = z.coerce.number().int().min(1).max(1000)

export const ImportOptions = z.object({
  onDuplicate: z.enum(duplicatePolicies).default('skip'),
  /** Owner names not in the database: a user each, else those rows are rejected unless mapped. */
  createOwners: Flag.default(true),
  /** Companies that leads, contacts or activities name and the database lacks. */
  createCompanies: Flag.default(true),
  /** Contacts that leads name. */
  createContacts: Flag.default(true),
  createStages: Flag.default(true),
  /** A value of the file → the user it means. */
  ownerMap: JsonOr(z.record(z.string(), Id)).default({}),
  /** A value of the file → an existing stage, or the kind of the stage to create. */
  stageMap: JsonOr(
    z.record(
      z.string(),
      z.union([z.object({ stageId: Id }), z.object({ create: z.enum(stageKinds) })]),
    ),
  ).default({}),
  /** New open stages in the order of the funnel; the others take their place from the file. */
  stageOrder: JsonOr(z.array(z.string().max(200)).max(200)).default([]),
  pipelineId: Id.optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  dateOrder: z.enum(['dmy', 'mdy', 'ymd']).optional(),
  decimalSeparator: z.enum(['.', ',']).optional(),
  hasHeader: Flag.optional(),
  headerLine: HeaderLine.optional(),
  encoding: z.string().max(40).optional(),
  delimiter: z.string().length(1).optional(),
})
export type ImportOptions = z.infer<typeof ImportOptions>

export const ImportField = z.object({
  name: z.string(),
  label: z.string(),
  required: z.boolean(),
  /** Whether it takes part in finding duplicates. */
  key: z.boolean(),
  hint: z.string().nullable(),
})

/** What a file turned out to be, and what it may hold. */
export const InspectedFile = z.object({
  fileId: Id,
  name: z.string(),
  bytes: z.number().int(),
  encoding: z.string(),
  delimiter: z.string(),
  header: z.enum(['present', 'missing', 'unsure']),
  /** The line the table begins on, from 1; what is above it is not read. */
  headerLine: z.number().int(),
  /** The first lines of the file unchanged, cut. */
  firstLines: z.array(z.string()),
  columns: z.array(z.string()),
  sampleRows: z.array(z.array(z.string())),
  /** The kind whose fields the header fits best. */
  kind: z.enum(importKinds),
})
export type InspectedFile = z.infer<typeof InspectedFile>

export const importStates = [
  'checking',
  'checked',
  'running',
  'done',
  'cancelled',
  'interrupted',
  'failed',
  'undoing',
  'undone',
] as const
export const Problem = z.object({
  line: z.number().int(),
  column: z.string().nullable(),
  value: z.string(),
  message: z.string(),
})
export const Import = z.object({
  importId: Id,
  kind: z.enum(importKinds),
  fileName: z.string(),
  state: z.enum(importStates),
  dryRun: z.boolean(),
  options: ImportOptions,
  mapping: Mapping,
  columns: z.array(z.string()),
  bytes: z.number().int(),
  bytesDone: z.number().int(),
  /** Records read so far. */
  rows: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  skipped: z.number().int(),
  rejected: z.number().int(),
  /** The field a duplicate was recognised by → how many rows. */
  matchedBy: z.record(z.string(), z.number().int()),
  /** Why rows are rejected: the first of them. */
  problems: z.array(Problem),
  /** What is imported otherwise than it is in the file: the first of it. */
  warnings: z.array(Problem),
  /** Values that name nothing in the database yet, with the number of rows. */
  unknownOwners: z.array(z.object({ value: z.string(), rows: z.number().int() })),
  /** In the order the pipeline will have them. */
  unknownStages: z.array(
    z.object({ value: z.string(), rows: z.number().int(), suggestedKind: z.enum(stageKinds) }),
  ),
  unknownCompanies: z.number().int(),
  /** Records that come with those of the file, because they are named there. */
  alsoCreated: z.object({
    companies: z.number().int(),
    contacts: z.number().int(),
    users: z.number().int(),
    teams: z.number().int(),
    pipelines: z.number().int(),
    stages: z.number().int(),
    /** Activity types and outcomes. */
    words: z.number().int(),
    /** Addresses put on the list of opt-outs. */
    optOuts: z.number().int(),
  }),
  /** Custom fields made from columns. */
  newFields: z.array(
    z.object({ name: z.string(), label: z.string(), type: z.enum(customFieldTypes) }),
  ),
  /** Columns of the file that have values and feed no field: nothing of them is imported. */
  leftOut: z.array(z.string()),
  /** For each field that refers to other records: how many rows are linked to one, make one, or are left without. */
  references: z.array(
    z.object({
      field: z.string(),
      label: z.string(),
      linked: z.number().int(),
      created: z.number().int(),
      left: z.number().int(),
    }),
  ),
  message: z.string().nullable(),
  batchId: Id.nullable(),
  user: Reference.nullable(),
  startedAt: Instant,
  finishedAt: Instant.nullable(),
  rowsPerSecond: z.number().nullable(),
  undo: z
    .object({
      undone: z.number().int(),
      refused: z.array(
        z.object({ table: z.string(), rowId: z.string(), name: z.string(), reason: z.string() }),
      ),
    })
    .nullable(),
})
export type Import = z.infer<typeof Import>

const Started = z.object({ importId: Id })

export const imports = {
  /**
   * Takes a file in, once; the mapping and the runs refer to it by its id. With `fileId` instead of a
   * file: looks at one taken in before, read another way.
   */
  inspect: may('import')
    .route({ method: 'POST', path: '/import/files', tags })
    .input(
      z.object({
        file: z.file().optional(),
        fileId: Id.optional(),
        hasHeader: Flag.optional(),
        headerLine: HeaderLine.optional(),
        encoding: z.string().max(40).optional(),
        delimiter: z.string().length(1).optional(),
      }),
    )
    .output(InspectedFile),
  fields: may('import')
    .route({ method: 'GET', path: '/import/fields', tags })
    .input(z.object({ kind: z.enum(importKinds) }))
    .output(z.array(ImportField)),
  /** The mapping remembered for this header, else the one its names suggest. */
  suggestMapping: may('import')
    .route({ method: 'GET', path: '/import/files/{fileId}/mapping', tags })
    .input(z.object({ fileId: Id, kind: z.enum(importKinds) }))
    .output(z.object({ mapping: Mapping, remembered: z.boolean() })),
  /** Starts a check (dryRun) or an import of a new file, or of one taken in before. */
  start: may('import')
    .route({ method: 'POST', path: '/import/{kind}', tags, successStatus: 202 })
    .input(
      ImportOptions.extend({
        kind: z.enum(importKinds),
        file: z.file().optional(),
        fileId: Id.optional(),
        mapping: JsonOr(Mapping).optional(),
        dryRun: Flag.default(false),
      }),
    )
    .output(Started),
  get: may('import')
    .route({ method: 'GET', path: '/import/{importId}', tags })
    .input(z.object({ importId: Id }))
    .output(Import),
  cancel: may('import')
    .route({ method: 'POST', path: '/import/{importId}/cancel', tags })
    .input(z.object({ importId: Id }))
    .output(Import),
  /** Continues an import that a crash or a cancel cut short. */
  resume: may('import')
    .route({ method: 'POST', path: '/import/{importId}/resume', tags })
    .input(z.object({ importId: Id }))
    .output(Started),
  undo: may('import')
    .route({ method: 'POST', path: '/import/{importId}/undo', tags, successStatus: 202 })
    .input(z.object({ importId: Id }))
    .output(Started),
  history: may('import')
    .route({ method: 'GET', path: '/import/history', tags })
    .input(z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }))
    .output(z.object({ items: z.array(Import) })),
  /** The rejected rows as they stood in the file, with line and reason in front. */
  rejected: may('import')
    .route({ method: 'GET', path: '/import/{importId}/rejected.csv', tags })
    .input(z.object({ importId: Id }))
    .output(z.file()),
  template: may('import')
    .route({ method: 'GET', path: '/import/template', tags })
    .input(z.object({ for: z.enum(importKinds) }))
    .output(z.file()),
}
