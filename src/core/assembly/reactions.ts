/**
 * Everything that follows by itself from a change. Triggers keep the log, tallies, derived columns and
 * search, and settle notifications, which follow derived columns and an undo, too. A plan moves on with
 * an activity through the command that logs it: the person who logs it may say whether the plan stops,
 * and history that is imported moves none.
 */
import type { Notifications } from '../background/notifications/notifications'
import type { After } from '../kernel/reactions/after'
import type { Within } from '../kernel/reactions/within'
import { plansFollowRecords } from '../outreach/plans/follow-records'

/** In the same transaction, in this order. */
export const within: readonly Within[] = [plansFollowRecords]

/** After the commit, each behind a cursor of its own. */
export const after = ({ notifications }: { notifications: Notifications }): After[] => [
  notifications.news,
]
