/** Where the fields of an activity are stored, and the order of lists by them. */
import { activityFields } from '../../../contract/timeline/activity-fields'
import { columnsOf } from '../../kernel/fields/columns'
import { activity } from './table'
import { activityDayAt } from './whole-day'

export const activityColumns = columnsOf(activityFields, activity, {
  at: { sql: 'activity.at', day: activityDayAt('activity.at'), sort: { sql: 'activity.at' } },
  scheduledAt: { day: activityDayAt('activity.scheduled_at') },
  dueAt: { day: activityDayAt('activity.due_at') },
})
