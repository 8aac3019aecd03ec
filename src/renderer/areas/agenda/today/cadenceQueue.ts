/** Where the steps of plans are done: in the cadence queue, once they are due. */
import { daysUntil } from '../../../ui/dates'

/** The queue of whoever works the plan, open at its step. */
export const queuePath = (planId: string, userId: string | null): string =>
  `/queue?plan=${planId}${userId ? `&user=${userId}` : ''}`

/** Whether a step is due by the end of today: then it is in the queue. */
export const isInQueue = (dueAt: string): boolean => daysUntil(dueAt) <= 0
