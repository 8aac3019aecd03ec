/**
 * What areas add to the pages of records. An area lists its parts as `recordParts` in its `index.ts`;
 * the page of a record shows those that are for its kind, each at its place, and knows no area by name.
 * All of them are found by searching for `recordPart(`.
 */
import type { AsyncRouteComponent } from '@tanstack/react-router'
import type { Reminder } from '../../contract/agenda/reminders'
import type { Task } from '../../contract/agenda/tasks'
import type { Company } from '../../contract/records/companies'
import type { Contact } from '../../contract/records/contacts'
import type { Customer } from '../../contract/records/customers'
import type { Lead } from '../../contract/records/leads'
import type { Quote } from '../../contract/records/quotes'
import type { Activity } from '../../contract/timeline/activities'
import type { Read } from './reads'
import type { PageKind } from './records'

/** What the core answers for one record of each kind. */
interface Rows {
  lead: Lead
  company: Company
  contact: Contact
  customer: Customer
  quote: Quote
  activity: Activity
  task: Task
  reminder: Reminder
}

/** The record that a page shows; its kind tells what its row is. */
export type ShownRecord<Kind extends PageKind = PageKind> = {
  [Each in Kind]: {
    kind: Each
    id: string
    name: string
    row: Rows[Each]
    /** In the trash nothing is changed or begun. */
    readOnly: boolean
  }
}[Kind]

export function shownRecord<Kind extends PageKind>(kind: Kind, row: Rows[Kind], name: string) {
  const { id, deletedAt } = row
  return { kind, id, name, row, readOnly: deletedAt !== null } as ShownRecord<Kind>
}

/** Where on the page. */
export type RecordPlace =
  /** Buttons at the top, before those of the page itself. */
  | 'actions'
  /** Last in its menu, below Delete: what is rarer and graver. */
  | 'menu'
  /** In the menu that an activity has on every timeline. */
  | 'timelineMenu'
  /** Tabs of the middle, after those of the page itself. */
  | 'tab'
  /** What comes next: on top of the timeline. */
  | 'next'
  /** Related records, beside the middle. */
  | 'related'

export interface RecordPart<Kind extends PageKind = PageKind> {
  /** Differs from all others of its place. */
  name: string
  /** Kinds of record that have it. */
  of: readonly Kind[]
  place: RecordPlace
  /** Small numbers first. */
  order: number
  /** What its tab is called. */
  label?: string
  /** Whether this one has it; without it all of these kinds do. */
  when?: (record: ShownRecord<Kind>) => boolean
  /** What it shows at once on the page of such a record: the route reads it with the record. */
  reads?: (kind: Kind, id: string) => readonly Read[]
  /** From `lazyPage`: the route of the page has it loaded before the page shows. */
  component: AsyncRouteComponent<{ record: ShownRecord<Kind> }>
}

/** @param part is shown, and asked `when`, with records of its own kinds only */
export const recordPart = <const Kind extends PageKind>(
  part: Pick<RecordPart<Kind>, 'of'> & NoInfer<Omit<RecordPart<Kind>, 'of'>>,
) => part as unknown as RecordPart

/** The parts of one place for one record, in order. */
export const partsAt = (
  place: RecordPlace,
  parts: readonly RecordPart[],
  record: ShownRecord,
): readonly RecordPart[] =>
  parts
    .filter((part) => part.place === place && part.of.includes(record.kind))
    .filter(({ when }) => !when || when(record))
    .toSorted((one, other) => one.order - other.order)
