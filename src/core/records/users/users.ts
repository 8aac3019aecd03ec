/** Users: made, changed, given roles and deleted. */
import type { contract } from '../../../contract'
import type { InputOf } from '../../../contract/kernel/base'
import type { User } from '../../../contract/records/users'
import type { Actor } from '../../kernel/actor'
import { permissionsOf } from '../../kernel/authorisation'
import type { Writer } from '../../kernel/database/database'
import { type RowOf, toInstant, toInstantOrNull, toReference } from '../../kernel/database/rows'
import { conflict, invalid } from '../../kernel/errors'
import type { Fields } from '../../kernel/fields/field'
import type { ListSource } from '../../kernel/fields/list'
import type { Kernel } from '../../kernel/kernel'
import { createRecords, everyRow, quoted } from '../../kernel/records/records'
import { isZone } from '../../kernel/time/zone'
import { requireLinks, requireReceivers } from '../links/links'
import { createActors } from './actors'
import { createAccessCarryOver } from './carry-over'
import { handOver, openOf } from './hand-over'
import { user } from './table'
import { createTeams } from './teams'
import { createTokens } from './tokens'

export type Users = ReturnType<typeof createUsers>
type UserPatch = Omit<InputOf<(typeof contract)['users']['update']>, 'id'>
type OwnPatch = InputOf<(typeof contract)['users']['updateMe']>

type UserRow = RowOf<typeof user> & {
  team_name: string | null
  manager_name: string | null
  open_leads: number
}
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
export function createUsers(kernel: Kernel) {
  const { database } = kernel

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
      return records.bulk<UserPatch>(actor, input, applyUpdate, true)
    },
    me: (actor: Actor) => ({
      ...records.get(actor, actor.userId),
      permissions: [...permissionsOf(actor.role)],
    }),

    teams: createTeams(kernel),
    tokens: createTokens(kernel, { requireUser: records.requireRow }),
    ...createActors(kernel),
  }
}
