/** The outbox: e-mails are drafted, checked, approved and taken back here; `sender.ts` sends them. */
import type { OutboxStatus } from '../../../contract/outreach/messages'
import type { Actor } from '../../kernel/actor'
import type { Kernel } from '../../kernel/kernel'
import type { Activities } from '../../timeline/activities/activities'
import type { Mail } from '../accounts/accounts'
import type { Templates } from '../templates/templates'
import { createApproving } from './approving'
import { type CarryOverNeeds, createCarryOver } from './carry-over'
import { createChecks } from './checks'
import { createDeciding } from './deciding'
import { createDrafting } from './drafting'
import { createLateness } from './lateness'
import { createPermissions, type PlanHooks } from './permissions'
import { createReading } from './reading'
import { createSender } from './sender'
import { type OutboxSettings, writeSettings } from './settings'
import { createStepEmails } from './step-emails'
import { createTiming } from './timing'
import { createWriting } from './writing'

export type { PlanHooks } from './permissions'
export { type StepEmail, withdrawStepEmail } from './step-emails'
export type Outbox = ReturnType<typeof createOutbox>

export interface OutboxNeeds {
  mail: Mail
  templates: Templates
  activities: Activities
  isOptedOut(address: string): boolean
  /** @throws not_found where the actor may not see the record */
  requireVisible(
    actor: Actor,
    about: { leadId?: string | undefined; contactId?: string | undefined },
  ): void
  /** Undefined while there are no plans. */
  plans(): PlanHooks | undefined
  carryOverStep: CarryOverNeeds['carryOverStep']
  systemActor(): Actor
  report(error: unknown): void
}

export function createOutbox(kernel: Kernel, needs: OutboxNeeds) {
  const { database, workspace } = kernel
  const { mail, templates, plans } = needs
  const problemsOf = createChecks(database, needs.isOptedOut)
  const timing = createTiming(database, workspace.timezone)
  const lateness = createLateness(kernel)
  const drafting = createDrafting(kernel, { ...needs, problemsOf, timing })
  const permissions = createPermissions(database, { ...needs, problemsOf, timing, lateness })
  const sender = createSender(kernel, { ...needs, timing, permissions })
  const { wake, markSent } = sender
  const reading = createReading(kernel, sender.paused)
  const writing = createWriting(kernel, { ...needs, drafting, reading, problemsOf, wake })
  const approving = createApproving(kernel, { reading, permissions, problemsOf, wake })
  const deciding = createDeciding(kernel, { reading, writing, approving, plans, markSent, wake })

  function change(
    actor: Actor,
    label: string,
    patch: { [K in keyof OutboxSettings]?: OutboxSettings[K] | undefined },
  ): OutboxStatus {
    // An undo never lets mail go out again.
    database.act(actor, { label, kind: 'system' }, (writer) =>
      writeSettings(database, writer, patch),
    )
    return reading.status(actor)
  }

  return {
    list: reading.list,
    get: reading.get,
    status: reading.status,
    undecided: reading.undecided,
    preview: drafting.preview,
    create: writing.create,
    update: writing.update,
    approve: approving.approve,
    approveMany: approving.approveMany,
    reschedule: approving.reschedule,
    ...deciding,
    ...createStepEmails(kernel, { mail, templates, drafting, writing, lateness, problemsOf }),
    /** Whether automated steps of this user can be sent at all. */
    isReady: (userId: string | null) => mail.accountFor(userId) !== undefined,
    settings: (actor: Actor, patch: Parameters<typeof change>[2]) =>
      change(actor, 'Change the rules for outgoing e-mail', patch),
    stop: (actor: Actor) =>
      change(actor, 'Stop all e-mail', { stopped: true, stoppedBy: actor.userId }),
    resume(actor: Actor) {
      const resumed = change(actor, 'Let e-mail go out again', { stopped: false, stoppedBy: null })
      wake()
      return resumed
    },
    /** What the program took before it ended is unknown; from now on what is due goes out by itself. */
    begin: sender.begin,
    sendDue: sender.sendDue,
    sendNow: sender.sendNow,
    wake,
    carryOver: createCarryOver(kernel, { markSent, carryOverStep: needs.carryOverStep }),
    close: sender.close,
  }
}
