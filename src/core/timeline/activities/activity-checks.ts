/** What a request about an activity must say before anything is written. */
import { automatedActivityTypes, systemActivityTypes } from '../../../contract/timeline/words'
import type { Actor } from '../../kernel/actor'
import { invalid } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { hasPassed } from '../../kernel/time/past'
import { requireZone } from '../../kernel/time/wall-time'
import { requireLinks, requireOwnLinks, requireReceivers } from '../../records/links/links'
import type { ActivityPatch, NewActivity } from './activity-commands'
import type { ActivityRow } from './activity-rows'
import type { Words } from './words'

export function createActivityChecks(kernel: Kernel, words: Words) {
  const { database, clock } = kernel

  /** Of what has happened, anybody may have done it: people leave. */
  function fields(actor: Actor, input: ActivityPatch, row?: ActivityRow) {
    requireOwnLinks(kernel, actor, input)
    if (input.occurredAt || row?.occurred_at)
      requireLinks(database, { userId: ['user', input.userId] })
    else requireReceivers(database, { userId: [input.userId, row?.user_id] })
    if (input.outcome) words.require('outcome', input.outcome, 'outcome')
    if (input.zone) requireZone(input.zone)
    if (input.occurredAt && !hasPassed(Date.parse(input.occurredAt), clock.now()))
      throw invalid('occurredAt', 'must not lie in the future')
  }

  function type(category: NewActivity['category'], name: string) {
    if ((systemActivityTypes as readonly string[]).includes(name))
      throw invalid('type', `${name} is written by the database only`)
    if (category === 'automated') {
      if (!(automatedActivityTypes as readonly string[]).includes(name))
        throw invalid('type', `must be one of ${automatedActivityTypes.join(', ')}`)
    } else words.require('activity_type', name, 'type')
  }

  return {
    fields,
    type,
    all(actor: Actor, input: NewActivity) {
      fields(actor, input)
      type(input.category, input.type)
    },
  }
}
