/** Users, teams, and tokens for the HTTP API. */
import { createHash, randomBytes } from 'node:crypto'
import type { contract } from '../../../contract'
import type { InputOf } from '../../../contract/kernel/base'
import type { Door, Role } from '../../../contract/kernel/words'
import type { Team, User } from '../../../contract/records/users'
import type { Actor } from '../../kernel/actor'
import { permissionsOf } from '../../kernel/authorisation'
import type { Writer } from '../../kernel/database/database'
import { type RowOf, toInstant, toInstantOrNull, toReference } from '../../kernel/database/rows'
import { conflict, invalid, notFound } from '../../kernel/errors'
import type { Fields } from '../../kernel/fields/field'
import type { ListSource } from '../../kernel/fields/list'
import type { Kernel } from '../../kernel/kernel'
import { createRecords, everyRow, quoted } from '../../kernel/records/records'
import { isZone, knownZone } from '../../kernel/time/zone'
import { requireLinks, requireReceivers } from '../links/links'
import { createAccessCarryOver } from './carry-over'
import { handOver, openOf } from './hand-over'
import { apiToken, team, user } from './table'

export type Users = ReturnType<typeof createUsers>
type UserPatch = Omit<InputOf<(typeof contract)['users']['update']>, 'id'>
type OwnPatch = InputOf<(typeof contract)['users']['updateMe']>
type TeamPatch = Omit<InputOf<(typeof contract)['teams']['update']>, 'id'>

type UserRow = RowOf<typeof user> & {
  team_name: string | null
  manager_name: string | null
  open_leads: number
}
type TeamRow = RowOf<typeof team> & { manager_name: string | null; members: number }

const userFields: Fields = {
  name: { sql: 'user.name', type: 'text' },
  email: { sql: 'user.email', type: 'text' },
  role: { sql: 'user.role', type: 'text' },
  team: { sql: 'user.team_id', type: 'id', of: 'team' },
  manager: { sql: 'user.manager_id', type: 'id', of: 'user' },
  active: { sql: 'user.active', type: 'boolean' },
  createdAt: { sql: 'user.created_at', type: 'instant' },
  updatedAt: { sql: 'user.updated_at', type: 'instant' },
}
const userSource: ListSource = {
  table: 'user',
  select: `user.*, team.name as team_name, manager.name as manager_name,
    (select coalesce(sum(leads), 0) from lead_tally where lead_tally.owner_id = user.id and status = 'open') as open_leads`,
  joins: `left join team on team.id = user.team_id left join user manager on manager.id = user.manager_id`,
  fields: userFields,
  searched: ['user.name', 'user.email'],
  defaultSort: 'name',
  sorts: {
    name: { sql: 'user.name collate nocase' },
    email: { sql: 'user.email collate nocase', nullable: true },
    role: { sql: 'user.role' },
    team: { sql: 'team.name collate nocase', nullable: true },
    createdAt: { sql: 'user.created_at' },
    updatedAt: { sql: 'user.updated_at' },
  },
}
const teamSource: ListSource = {
  table: 'team',
  select: `team.*, manager.name as manager_name,
    (select count(*) from user where user.team_id = team.id and user.deleted_at is null) as members`,
  joins: 'left join user manager on manager.id = team.manager_id',
  fields: {
    name: { sql: 'team.name', type: 'text' },
    manager: { sql: 'team.manager_id', type: 'id', of: 'user' },
  },
  searched: ['team.name', 'team.description'],
  defaultSort: 'name',
  sorts: { name: { sql: 'team.name collate nocase' }, createdAt: { sql: 'team.created_at' } },
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

export function createUsers(kernel: Kernel) {
  const { database, clock, workspace } = kernel

  const records = createRecords<UserRow, User>(kernel, {
    noun: 'user',
    nouns: 'users',
    table: user,
    source: userSource,
    nameOf: (row) => row.name,
    scope: everyRow,
    toShape: (row) => ({
      id: row.id,
      name: row.name,
      email: row.email,
      role: row.role,
      active: row.active === 1,
      timezone: row.timezone,
      signature: row.signature,
      externalId: row.external_id,
      team: toReference(row.team_id, row.team_name),
      manager: toReference(row.manager_id, row.manager_name),
      openLeads: row.open_leads,
      createdAt: toInstant(row.created_at),
      updatedAt: toInstant(row.updated_at),
      deletedAt: toInstantOrNull(row.deleted_at),
    }),
  })

  const teams = createRecords<TeamRow, Team>(kernel, {
    noun: 'team',
    nouns: 'teams',
    table: team,
    source: teamSource,
    nameOf: (row) => row.name,
    scope: everyRow,
    toShape: (row) => ({
      id: row.id,
      name: row.name,
      description: row.description,
      manager: toReference(row.manager_id, row.manager_name),
      members: row.members,
      createdAt: toInstant(row.created_at),
      updatedAt: toInstant(row.updated_at),
      deletedAt: toInstantOrNull(row.deleted_at),
    }),
  })

  function check(patch: UserPatch, id?: string) {
    requireLinks(database, {
      teamId: ['team', patch.teamId],
      managerId: ['user', patch.managerId],
    })
    if (id && patch.managerId === id) throw invalid('managerId', 'must be somebody else')
    requireReceivers(database, { handTo: [patch.handTo] })
    if (id && patch.handTo === id) throw invalid('handTo', 'must be somebody else')
    if (typeof patch.timezone === 'string' && !isZone(patch.timezone))
      throw invalid('timezone', 'must be a time zone like Europe/Prague')
    if (
      patch.email &&
      database.get(
        'select 1 from user where email = ? collate nocase and id <> ? and deleted_at is null',
        patch.email,
        id ?? '',
      )
    )
      throw invalid('email', 'already belongs to another user')
  }

  /** Somebody must be left who may administer. */
  function keepAnAdmin(without = '') {
    if (
      !database.get(
        `select 1 from user where role = 'admin' and active = 1 and deleted_at is null and id <> ?`,
        without,
      )
    )
      throw conflict('This is the last active admin. Make somebody else admin first.')
  }

  const applyUpdate = (writer: Writer, row: UserRow, patch: UserPatch) => {
    const loses = (patch.role && patch.role !== 'admin') || patch.active === false
    if (row.role === 'admin' && loses) keepAnAdmin(row.id)
    const changed = writer.update(user, row.id, patch)
    if (patch.active === false && patch.handTo) handOver(writer, row.id, patch.handTo)
    return changed
  }

  function requireRemovable(row: UserRow) {
    if (row.is_local === 1) throw conflict('You cannot delete yourself.')
    if (row.role === 'admin') keepAnAdmin(row.id)
  }

  function update(actor: Actor, { id, ...patch }: UserPatch & { id: string }): User {
    const row = records.requireRow(actor, id)
    check(patch, id)
    database.act(actor, { label: `Change user ${quoted(row.name)}` }, (writer) => {
      applyUpdate(writer, row, patch)
    })
    return records.get(actor, id)
  }

  const tokenShape = (row: RowOf<typeof apiToken>) => ({
    id: row.id,
    name: row.name,
    createdAt: toInstant(row.created_at),
    lastUsedAt: toInstantOrNull(row.last_used_at),
  })

  return {
    ...records,
    keepAnAdmin,
    carryOver: createAccessCarryOver(kernel),
    applyUpdate,
    create(actor: Actor, input: UserPatch & { name: string }): User {
      check(input)
      let id = ''
      database.act(actor, { label: `Create user ${quoted(input.name)}` }, (writer) => {
        id = writer.insert(user, input)
      })
      return records.get(actor, id)
    },
    update,
    updateMe: (actor: Actor, patch: OwnPatch) => update(actor, { ...patch, id: actor.userId }),
    remove(actor: Actor, { id, handTo }: { id: string; handTo?: string | undefined }) {
      const row = records.requireRow(actor, id)
      requireRemovable(row)
      check({ handTo }, id)
      database.act(actor, { label: `Delete user ${quoted(row.name)}` }, (writer) => {
        records.trash(writer, id)
        if (handTo) handOver(writer, id, handTo)
      })
      return { id }
    },
    openWork: (actor: Actor, id: string) => openOf(database, records.requireRow(actor, id).id),
    bulk(actor: Actor, input: Parameters<typeof records.bulk<UserPatch>>[1]) {
      if (input.action.type === 'addTags' || input.action.type === 'removeTags')
        throw invalid('action.type', 'users have no tags')
      if (input.action.type === 'update') {
        const { patch } = input.action
        check(patch)
        if (patch.handTo && records.idsOf(actor, input.target).includes(patch.handTo))
          throw invalid('handTo', 'must be somebody else')
      }
      if (input.action.type === 'delete')
        for (const id of records.idsOf(actor, input.target))
          requireRemovable(records.requireRow(actor, id))
      return records.bulk<UserPatch>(actor, input, applyUpdate)
    },
    me: (actor: Actor) => ({
      ...records.get(actor, actor.userId),
      permissions: [...permissionsOf(actor.role)],
    }),

    teams: {
      ...teams,
      create(actor: Actor, input: TeamPatch & { name: string }): Team {
        requireLinks(database, { managerId: ['user', input.managerId] })
        let id = ''
        database.act(actor, { label: `Create team ${quoted(input.name)}` }, (writer) => {
          id = writer.insert(team, input)
        })
        return teams.get(actor, id)
      },
      update(actor: Actor, { id, ...patch }: TeamPatch & { id: string }): Team {
        const row = teams.requireRow(actor, id)
        requireLinks(database, { managerId: ['user', patch.managerId] })
        database.act(actor, { label: `Change team ${quoted(row.name)}` }, (writer) => {
          writer.update(team, id, patch)
        })
        return teams.get(actor, id)
      },
      bulk(actor: Actor, input: Parameters<typeof teams.bulk<TeamPatch>>[1]) {
        if (input.action.type === 'addTags' || input.action.type === 'removeTags')
          throw invalid('action.type', 'teams have no tags')
        if (input.action.type === 'update')
          requireLinks(database, {
            'action.patch.managerId': ['user', input.action.patch.managerId],
          })
        return teams.bulk<TeamPatch>(actor, input, (writer, row, patch) =>
          writer.update(team, row.id, patch),
        )
      },
    },

    tokens: {
      list(actor: Actor, userId: string) {
        records.requireRow(actor, userId)
        return database
          .all<RowOf<typeof apiToken>>(
            'select * from api_token where user_id = ? order by rowid',
            userId,
          )
          .map(tokenShape)
      },
      create(actor: Actor, input: { id: string; name: string }) {
        const owner = records.requireRow(actor, input.id)
        const token = `rapport_${randomBytes(32).toString('base64url')}`
        let id = ''
        database.act(
          actor,
          { label: `Create API token ${quoted(input.name)} for ${owner.name}`, kind: 'system' },
          (writer) => {
            id = writer.insert(apiToken, {
              userId: owner.id,
              name: input.name,
              hash: hashOf(token),
            })
          },
        )
        const row = database.get<RowOf<typeof apiToken>>('select * from api_token where id = ?', id)
        return { ...tokenShape(row as RowOf<typeof apiToken>), token }
      },
      revoke(actor: Actor, input: { id: string; tokenId: string }) {
        const row = database.get<RowOf<typeof apiToken>>(
          'select * from api_token where id = ? and user_id = ?',
          input.tokenId,
          input.id,
        )
        if (!row) throw notFound('token')
        database.act(
          actor,
          { label: `Revoke API token ${quoted(row.name)}`, kind: 'system' },
          (writer) => writer.remove(apiToken, row.id),
        )
        return { id: row.id }
      },
    },

    /** The active user a token belongs to. Marks the token as used, at most once a minute. */
    actorForToken(token: string, door: Door): Actor | undefined {
      const row = database.get<{
        id: string
        user_id: string
        role: Role
        last_used_at: number | null
      }>(
        `select api_token.id, api_token.user_id, api_token.last_used_at, user.role from api_token
         join user on user.id = api_token.user_id
         where hash = ? and user.active = 1 and user.deleted_at is null`,
        hashOf(token),
      )
      if (!row) return undefined
      const now = clock.now()
      if (row.last_used_at === null || Math.abs(now - row.last_used_at) > 60_000)
        database.prepare('update api_token set last_used_at = ? where id = ?').run(now, row.id)
      return { userId: row.user_id, role: row.role, door, tokenId: row.id }
    },

    /** Whether the actor could still come in as it did: for answers that last. */
    isCurrent({ userId, role, tokenId }: Actor): boolean {
      const row = database.get<{ role: Role }>(
        'select role from user where id = ? and (is_local = 1 or (active = 1 and deleted_at is null))',
        userId,
      )
      if (row?.role !== role) return false
      return (
        tokenId === undefined ||
        database.get('select 1 from api_token where id = ? and user_id = ?', tokenId, userId) !==
          undefined
      )
    },

    /** Where somebody is: the zone that their times are meant in. */
    zoneOf(userId: string | null): string {
      const own = userId
        ? database.value<string | null>('select timezone from user where id = ?', userId)
        : null
      return knownZone(own, workspace.timezone())
    },

    /** The owner of this installation. */
    localActor(door: Door): Actor {
      const row = database.get<{ id: string; role: Role }>(
        'select id, role from user where is_local = 1 order by seq limit 1',
      )
      if (!row) throw notFound('user of this installation')
      return { userId: row.id, role: row.role, door }
    },
  }
}
