/** Whether an approved e-mail may go out now: asked again within the transaction that sends it. */
import type { Database, Writer } from '../../kernel/database/database'
import type { Permission } from '../../kernel/queue/queue'
import type { Mail } from '../accounts/accounts'
import type { ProblemsOf } from './checks'
import type { Lateness } from './lateness'
import type { MessageRow } from './rows'
import { readSettings } from './settings'
import { emailMessage } from './table'
import type { Timing } from './timing'

export type Permissions = ReturnType<typeof createPermissions>

/** What plans answer and learn about the e-mails of their steps. */
export interface PlanHooks {
  /** Why this step's e-mail is not wanted any more; undefined while it is. Asked before sending. */
  whyUnwanted(planStepId: string): string | undefined
  emailSent(
    writer: Writer,
    planStepId: string,
    sent: { at: number; activityId: string | null },
  ): void
  /** It cannot be sent, or somebody took it out of the outbox. */
  emailFailed(writer: Writer, planStepId: string): void
}

export interface PermissionNeeds {
  mail: Mail
  isOptedOut(address: string): boolean
  problemsOf: ProblemsOf
  timing: Timing
  lateness: Lateness
  plans(): PlanHooks | undefined
}

export function createPermissions(database: Database, needs: PermissionNeeds) {
  const { mail, timing, lateness } = needs

  function mayGo(row: MessageRow, writer: Writer): Permission {
    if (readSettings(database).stopped) return { may: 'stop' }
    const unwanted = whyUnwanted(row)
    if (unwanted !== undefined) return { may: 'never', error: unwanted }
    const account = row.account_id === null ? undefined : mail.accountById(row.account_id)
    const problems = needs.problemsOf({
      ...row,
      account_id: account?.active === 1 ? account.id : null,
    })
    if (problems.length > 0 || !account) {
      writer.update(emailMessage, row.id, { state: 'drafted', problems, approvedAt: null })
      return { may: 'leave' }
    }
    const freeAt = timing.accountFreeAt(account, writer.now)
    const late = lateness.whyLate(row, freeAt, writer.now)
    if (late !== undefined) {
      writer.update(emailMessage, row.id, { state: 'late', error: late, failure: null })
      return { may: 'leave' }
    }
    const quiet = timing.quietFor(row, account, writer.now)
    if (quiet !== undefined) {
      const error = 'It waits until quiet hours are over where the recipient is.'
      return { may: 'wait', until: quiet, also: { error } }
    }
    return freeAt > writer.now ? { may: 'stop' } : { may: 'go', also: { failure: null } }
  }

  /** What no text can mend: it must not go out at all any more. */
  const whyUnwanted = (row: MessageRow): string | undefined =>
    needs.isOptedOut(row.to_address)
      ? `${row.to_address} has asked not to be written to.`
      : whyObsolete(row)

  /** Why what it was written for is over. */
  function whyObsolete(row: MessageRow): string | undefined {
    const deleted = database.get(
      `select 1 from contact where id = ? and deleted_at is not null`,
      row.contact_id,
    )
    if (deleted) return 'The contact was deleted.'
    if (
      row.needs_open_lead === 1 &&
      !database.get(
        `select 1 from lead where id = ? and status = 'open' and deleted_at is null`,
        row.lead_id,
      )
    )
      return 'The lead is not open any more.'
    return row.plan_step_id ? needs.plans()?.whyUnwanted(row.plan_step_id) : undefined
  }

  function cancelUnwanted(writer: Writer, row: MessageRow, reason: string): void {
    writer.update(emailMessage, row.id, { state: 'cancelled', error: reason })
    if (row.plan_step_id) needs.plans()?.emailFailed(writer, row.plan_step_id)
  }

  return { mayGo, whyObsolete, cancelUnwanted }
}
