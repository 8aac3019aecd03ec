/** Binds the contract of activities and timelines. */
import { edits } from '../../kernel/change-log/edits'
import { bind } from '../../kernel/procedures'
import type { Activities } from './activities'
import type { ActivityTemplates } from './templates'
import type { WordList, Words } from './words'

export interface ActivityArea {
  activities: Activities
  words: Words
  templates: ActivityTemplates
}

export const activityProcedures = (area: () => ActivityArea) => ({
  list: bind.activities.list.handler(({ input, context }) =>
    area().activities.list(context.actor, input),
  ),
  create: bind.activities.create.handler(({ input, context }) =>
    area().activities.create(context.actor, input),
  ),
  createMany: bind.activities.createMany.handler(({ input, context }) =>
    area().activities.createMany(context.actor, input.activities),
  ),
  get: bind.activities.get.handler(({ input, context }) =>
    area().activities.get(context.actor, input.id),
  ),
  update: bind.activities.update.handler(
    edits(
      {
        table: 'activity',
        now: (actor, { id }) => area().activities.get(actor, id),
        byKey: ['metadata'],
      },
      ({ input, context }) => area().activities.update(context.actor, input),
    ),
  ),
  remove: bind.activities.remove.handler(({ input, context }) =>
    area().activities.remove(context.actor, input.id),
  ),
  restore: bind.activities.restore.handler(({ input, context }) =>
    area().activities.restore(context.actor, input.id),
  ),
  complete: bind.activities.complete.handler(
    edits(
      { table: 'activity', now: (actor, { id }) => area().activities.get(actor, id) },
      ({ input, context }) => area().activities.complete(context.actor, input),
    ),
  ),
  reopen: bind.activities.reopen.handler(({ input, context }) =>
    area().activities.reopen(context.actor, input.id),
  ),
  pending: bind.activities.pending.handler(({ input, context }) =>
    area().activities.pending(context.actor, input),
  ),
  overdue: bind.activities.overdue.handler(({ input, context }) =>
    area().activities.overdue(context.actor, input),
  ),
  timeline: bind.activities.timeline.handler(({ input, context }) =>
    area().activities.timeline(context.actor, input),
  ),
  stats: bind.activities.stats.handler(({ input, context }) =>
    area().activities.stats(context.actor, input),
  ),
  ofLead: bind.activities.ofLead.handler(({ input, context }) =>
    area().activities.timeline(context.actor, input, { kind: 'lead', id: input.id }),
  ),
  ofUser: bind.activities.ofUser.handler(({ input, context }) =>
    area().activities.timeline(context.actor, input, { kind: 'user', id: input.id }),
  ),
  timelines: {
    lead: bind.activities.timelines.lead.handler(({ input, context }) =>
      area().activities.timeline(context.actor, input, { kind: 'lead', id: input.id }),
    ),
    company: bind.activities.timelines.company.handler(({ input, context }) =>
      area().activities.timeline(context.actor, input, { kind: 'company', id: input.id }),
    ),
    contact: bind.activities.timelines.contact.handler(({ input, context }) =>
      area().activities.timeline(context.actor, input, { kind: 'contact', id: input.id }),
    ),
    customer: bind.activities.timelines.customer.handler(({ input, context }) =>
      area().activities.timeline(context.actor, input, { kind: 'customer', id: input.id }),
    ),
  },
  templates: {
    list: bind.activities.templates.list.handler(() => area().templates.list()),
    create: bind.activities.templates.create.handler(({ input, context }) =>
      area().templates.create(context.actor, input),
    ),
    update: bind.activities.templates.update.handler(
      edits(
        { table: 'activity_template', now: (_, { id }) => area().templates.get(id) },
        ({ input, context }) => area().templates.update(context.actor, input),
      ),
    ),
    remove: bind.activities.templates.remove.handler(({ input, context }) =>
      area().templates.remove(context.actor, input.id),
    ),
  },
  types: wordProcedures(bind.activities.types, 'activity_type', area),
  outcomes: wordProcedures(bind.activities.outcomes, 'outcome', area),
})

const wordProcedures = (
  words: typeof bind.activities.types,
  list: WordList,
  area: () => ActivityArea,
) => ({
  list: words.list.handler(() => area().words.list(list)),
  add: words.add.handler(({ input, context }) =>
    area().words.add(context.actor, list, input.label),
  ),
  update: words.update.handler(
    edits(
      {
        table: 'word',
        rowId: ({ name }) => area().words.idOf(list, name),
        now: (_, { name }) => area().words.get(list, name),
      },
      ({ input, context }) => area().words.update(context.actor, list, input),
    ),
  ),
})
