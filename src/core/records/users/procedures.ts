/** Binds the contract of users and teams. */
import { edits } from '../../kernel/change-log/edits'
import { bind } from '../../kernel/procedures'
import type { Users } from './users'

export const userProcedures = (users: () => Users) => ({
  list: bind.users.list.handler(({ input, context }) => users().list(context.actor, input)),
  create: bind.users.create.handler(({ input, context }) => users().create(context.actor, input)),
  get: bind.users.get.handler(({ input, context }) => users().get(context.actor, input.id)),
  update: bind.users.update.handler(
    edits({ table: 'user', now: (actor, { id }) => users().get(actor, id) }, ({ input, context }) =>
      users().update(context.actor, input),
    ),
  ),
  remove: bind.users.remove.handler(({ input, context }) => users().remove(context.actor, input)),
  restore: bind.users.restore.handler(({ input, context }) =>
    users().restore(context.actor, input.id),
  ),
  openWork: bind.users.openWork.handler(({ input, context }) =>
    users().openWork(context.actor, input.id),
  ),
  bulk: bind.users.bulk.handler(({ input, context }) => users().bulk(context.actor, input)),
  me: bind.users.me.handler(({ context }) => users().me(context.actor)),
  updateMe: bind.users.updateMe.handler(
    edits(
      {
        table: 'user',
        rowId: (_, { userId }) => userId,
        now: (actor) => users().get(actor, actor.userId),
      },
      ({ input, context }) => users().updateMe(context.actor, input),
    ),
  ),
  tokens: bind.users.tokens.handler(({ input, context }) =>
    users().tokens.list(context.actor, input.id),
  ),
  createToken: bind.users.createToken.handler(({ input, context }) =>
    users().tokens.create(context.actor, input),
  ),
  revokeToken: bind.users.revokeToken.handler(({ input, context }) =>
    users().tokens.revoke(context.actor, input),
  ),
})

export const teamProcedures = (users: () => Users) => ({
  list: bind.teams.list.handler(({ input, context }) => users().teams.list(context.actor, input)),
  create: bind.teams.create.handler(({ input, context }) =>
    users().teams.create(context.actor, input),
  ),
  get: bind.teams.get.handler(({ input, context }) => users().teams.get(context.actor, input.id)),
  update: bind.teams.update.handler(
    edits(
      { table: 'team', now: (actor, { id }) => users().teams.get(actor, id) },
      ({ input, context }) => users().teams.update(context.actor, input),
    ),
  ),
  remove: bind.teams.remove.handler(({ input, context }) =>
    users().teams.remove(context.actor, input.id),
  ),
  restore: bind.teams.restore.handler(({ input, context }) =>
    users().teams.restore(context.actor, input.id),
  ),
  bulk: bind.teams.bulk.handler(({ input, context }) => users().teams.bulk(context.actor, input)),
})
