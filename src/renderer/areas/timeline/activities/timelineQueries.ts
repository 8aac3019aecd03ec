/** What a record's timeline asks for. */
import type { Condition } from '../../../../contract/kernel/conditions'
import { api } from '../../../api'
import { paging } from '../../../ui/list/definition'
import type { LogKind } from './links'

/** Entries of the first page, and of each further one. */
const firstEntries = 40
const furtherEntries = 80
const openOnes: Condition = {
  all: [
    { field: 'completedAt', operator: 'is_empty' },
    { field: 'occurredAt', operator: 'is_empty' },
    {
      any: [
        { field: 'scheduledAt', operator: 'is_not_empty' },
        { field: 'dueAt', operator: 'is_not_empty' },
      ],
    },
  ],
}

/** Its entries, page by page. @param narrowing as `inputOfFilter` has it */
export const timelineOf = (subject: LogKind, id: string, narrowing: object = {}) =>
  api.activities.timelines[subject].infiniteOptions({
    input: (cursor: string | undefined) => ({
      id,
      limit: cursor === undefined ? firstEntries : furtherEntries,
      cursor,
      ...narrowing,
    }),
    ...paging,
  })

/** What is planned, on top of it. */
export const upcomingOf = (subject: LogKind, id: string) =>
  api.activities.list.queryOptions({
    input: { [`${subject}Id`]: id, filter: openOnes, sort: 'openAt', limit: 50 },
  })
