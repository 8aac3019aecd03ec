/** When somebody last did something with a record. */
import { clockTolerance } from '../../kernel/time/past'

/** SQL of that instant; what is planned, or said of the future, does not count. */
export const lastActivitySql = (link: string, record: string): string =>
  `(select activity.at from activity where activity.${link} = ${record} and activity.deleted_at is null
      and activity.open_at is null and activity.category <> 'system'
      and activity.at <= clock_now() + ${clockTolerance} order by activity.at desc limit 1)`
