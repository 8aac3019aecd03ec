/** What becomes of an e-mail that the program writes: whether and how it goes out. */
import { useQuery } from '@tanstack/react-query'
import { api } from '../../../api'

export interface Sending {
  /** Everything is halted. */
  stopped: boolean
  /** Somebody has to approve it; else it goes by itself. */
  approvalFirst: boolean
  /** There is an account that this user's e-mails go out by. */
  hasAccount: boolean
}

/** @param userId whose e-mails; null where anybody's. Undefined while it is not known. */
export function useSending(userId: string | null, { enabled = true } = {}): Sending | undefined {
  const status = useQuery({ ...api.outbox.status.queryOptions(), enabled }).data
  const accounts = useQuery({ ...api.mail.accounts.list.queryOptions(), enabled }).data
  if (!status || !accounts) return undefined
  return {
    stopped: status.stopped,
    approvalFirst: status.approvalFirst,
    hasAccount: accounts.some(
      ({ active, user }) => active && (user === null || userId === null || user.id === userId),
    ),
  }
}
