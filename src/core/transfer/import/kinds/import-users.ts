/** Imports users with their teams and managers: recognised by id, external id, e-mail address, else name. */
import { user } from '../../../records/users/table'
import type { UserValues } from '../fields/user-fields'
import { follow } from '../lookups/link'
import { email, ids, keyOfName, type RecordKey, recognisedBy } from '../recognise/recognise'
import type { Columns, RowStore, StoredRow } from '../runs/row-store'
import { createHierarchy } from './hierarchy'
import type { ImportRow, KindContext, KindImport } from './import-kind'
import { createRowLinks } from './row-links'
import { createRefusal } from './row-problems'

type Row = ImportRow<UserValues>

export function importUsers(context: KindContext): KindImport<UserValues> {
  const { kernel, lookups, mapping, state, ownIds } = context
  const { database } = kernel
  const { note } = createRowLinks(context)
  const refuse = createRefusal(mapping)

  const keys: readonly RecordKey<UserValues>[] = [
    ...ids,
    email,
    {
      name: 'name',
      of: ({ values }) => keyOfName(values.name),
      where: 'fold(name) = ?',
    },
  ]

  const recognition = recognisedBy(context, user, keys)
  const managers = createHierarchy(context, recognition, {
    ...{ noun: 'user', table: user, field: 'manager', label: 'Manager' },
    words: { itself: 'must be somebody else', trashed: 'names somebody who was deleted' },
    stub: { role: 'manager', active: true, isLocal: false },
  })

  function linksOf(row: Row, rows: RowStore, current?: StoredRow) {
    const { team } = row.values
    return {
      manager: managers.linkOf(row, rows, current),
      team:
        team !== undefined && !lookups.isNamed('team', current?.team_id, team)
          ? note(row, 'team', 'Team', team, lookups.teamNamed(team))
          : undefined,
    }
  }

  function checkEmail(row: Row, id: string) {
    const { email } = row.values
    if (
      email !== undefined &&
      database.get(
        'select 1 from user where email = ? collate nocase and id <> ? and deleted_at is null',
        email,
        id,
      )
    )
      refuse(row, 'email', 'E-mail', email, 'already belongs to another user')
  }

  function create(row: Row, rows: RowStore): Columns | undefined {
    const { values } = row
    if (!values.name) refuse(row, 'name', 'Name', '', 'must not be blank')
    checkEmail(row, '')
    const links = linksOf(row, rows)
    if (row.problems.length > 0) return undefined
    return {
      name: values.name,
      email: values.email,
      role: values.role ?? 'rep',
      teamId: follow(links.team, rows),
      managerId: follow(links.manager, rows),
      active: values.active ?? true,
      isLocal: false,
      timezone: values.timezone,
      signature: values.signature,
      createdAt: values.createdAt ?? rows.now,
      ...ownIds.identityOf(user, values),
    }
  }

  function patch(row: Row, current: StoredRow, rows: RowStore): Columns | undefined {
    const { values } = row
    const isStub = state.stubs.includes(current.id)
    checkEmail(row, current.id)
    if (
      current.role === 'admin' &&
      ((values.role && values.role !== 'admin') || values.active === false)
    )
      refuse(row, 'role', 'Role', values.role ?? '', 'of an admin is changed by hand only')
    const links = linksOf(row, rows, current)
    if (row.problems.length > 0) return undefined
    return {
      name: values.name,
      email: values.email,
      // Somebody known as a manager stays one.
      role: values.role ?? (isStub ? 'manager' : undefined),
      teamId: follow(links.team, rows),
      managerId: follow(links.manager, rows),
      active: values.active,
      timezone: values.timezone,
      signature: values.signature,
      createdAt: values.createdAt,
      externalId: ownIds.externalIdOf(values, current),
    }
  }

  return {
    table: user,
    noun: 'user',
    nouns: 'users',
    ...recognition,
    create,
    patch,
    ...managers.steps,
  }
}
