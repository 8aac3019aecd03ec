/** Columns of exported files: a heading for people, and the cell of each record. */
import type { Reference } from '../../../contract/kernel/shapes'
import { tagsInCell } from '../format/tags'
import type { CsvCell } from '../format/write-csv'

export interface ExportColumn<Shape> {
  /** As lists call it. */
  name: string
  /** Money takes two columns of the file: amount and currency. */
  labels: readonly string[]
  cells(shape: Shape): readonly CsvCell[]
  /** Follows from other records: only written when it is asked for. */
  derived?: true
  /** Follows from others, but is always written, as people look for it. */
  follows?: true
}

export const column = <Shape>(
  name: string,
  label: string,
  cell: (shape: Shape) => CsvCell,
): ExportColumn<Shape> => ({ name, labels: [label], cells: (shape) => [cell(shape)] })
export const derived = <Shape>(
  name: string,
  label: string,
  cell: (shape: Shape) => CsvCell,
): ExportColumn<Shape> => ({ ...column(name, label, cell), derived: true })

/** Another record: its name, and the id that says which one of that name. */
export const reference = <Name extends string>(
  name: Name,
  label: string,
  idOf: (id: string) => string = (id) => id,
) => {
  const of = (row: Record<Name, Reference | null>): Reference | null => row[name]
  return [
    column<Record<Name, Reference | null>>(name, label, (row) => of(row)?.name),
    column<Record<Name, Reference | null>>(`${name}Id`, `${label} ID`, (row) => {
      const id = of(row)?.id
      return id === undefined ? undefined : idOf(id)
    }),
  ]
}
export const isDay = (wallTime: string | null): boolean => wallTime?.length === 10
export const nameOf = (reference: Reference | null): CsvCell => reference?.name
/** Written always, read never. */
export const follows = <Shape>(column: ExportColumn<Shape>): ExportColumn<Shape> => ({
  ...column,
  follows: true,
})
export const tagsOf = ({ tags }: { tags: readonly string[] }): CsvCell => tagsInCell(tags)

type Dated = { createdAt: string; updatedAt: string }
export const dates = [
  column<Dated>('createdAt', 'Created at', ({ createdAt }) => createdAt),
  derived<Dated>('updatedAt', 'Updated at', ({ updatedAt }) => updatedAt),
]
export const ids = [
  column<{ externalId: string | null }>('externalId', 'External ID', (row) => row.externalId),
  column<{ id: string }>('id', 'Rapport ID', ({ id }) => id),
]

/** What a record itself does not know. */
export interface ExportNames {
  pipelineName(id: string): string | undefined
  stageName(id: string): { pipeline: string; stage: string } | undefined
  /** The zone of those records that name none. */
  zone: string
  /** The id a user has in files: the one of another database where that is remembered. */
  userId(id: string): string
  /** How a file names somebody, so that the import finds them again. */
  personNamed(id: string): string
}
