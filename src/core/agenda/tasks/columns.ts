/** Where the fields of a task are stored, and the order of lists by them. */
import { taskFields } from '../../../contract/agenda/task-fields'
import { columnsOf } from '../../kernel/fields/columns'
import { task } from './table'
import { taskDay } from './whole-day'

export const taskColumns = columnsOf(taskFields, task, {
  title: { sort: { sql: 'task.title collate nocase' } },
  priority: {
    sort: {
      sql: `case task.priority when 'urgent' then 3 when 'high' then 2 when 'medium' then 1 else 0 end`,
    },
  },
  dueAt: { day: taskDay },
})
