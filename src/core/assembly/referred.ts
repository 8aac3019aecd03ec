/** The records that fields may refer to, and by what they are shown. */
import type { Referred } from '../kernel/fields/reach'
import type { Users } from '../records/users/users'
import type { RecordAreas } from './record-areas'
import type { WorkAreas } from './work-areas'

export const referredRecords = ({
  records: { companies, contacts, customers, leads },
  work: { tasks, activities },
  users,
}: {
  records: RecordAreas
  work: WorkAreas
  users: Users
}): ReadonlyMap<string, Referred> =>
  new Map<string, Referred>([
    ['company', { ...companies, shownBy: 'name' }],
    ['contact', { ...contacts, shownBy: 'name' }],
    ['customer', { ...customers, shownBy: 'name' }],
    ['lead', { ...leads, shownBy: 'title' }],
    ['task', { ...tasks, shownBy: 'title' }],
    ['activity', { ...activities, shownBy: 'subject' }],
    ['user', { ...users, shownBy: 'name' }],
    ['team', { ...users.teams, shownBy: 'name' }],
  ])
