/** Teams of users. */
import type { contract } from '../../../contract'
import type { InputOf } from '../../../contract/kernel/base'
import type { Team } from '../../../contract/records/users'
import type { Actor } from '../../kernel/actor'
import { type RowOf, toInstant, toInstantOrNull, toReference } from '../../kernel/database/rows'
import { invalid } from '../../kernel/errors'
import type { ListSource } from '../../kernel/fields/list'
import type { Kernel } from '../../kernel/kernel'
import { createRecords, everyRow, quoted } from '../../kernel/records/records'
import { requireLinks } from '../links/links'
import { team } from './table'

type TeamPatch = Omit<InputOf<(typeof contract)['teams']['update']>, 'id'>
type TeamRow = RowOf<typeof team> & { manager_name: string | null; members: number }

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

export function createTeams(kernel: Kernel) {
  const { database } = kernel

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

  return {
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
  }
}
