/** Imports users with their teams and managers: recognised by id, external id, e-mail address, else name. */
import { user } from '../kernel/schema'
import { createAwaited } from './awaited'
import type { UserValues } from './fields/user-fields'
import {
  bestOf,
  createLinkReader,
  createReferenceReader,
  type ImportRow,
  type KindContext,
  type KindImport,
  problemOf,
} from './import-kind'
import { follow, type Link } from './lookups/link'
import { nameKey, tidyName } from './names'
import { email, ids, keyOfName, type RecordKey, recognisedBy, token } from './recognise'
import type { Columns, RowStore, StoredRow } from './row-store'

type Row = ImportRow<UserValues>

export function importUsers(context: KindContext): KindImport<UserValues> {
  const { ground, lookups, mapping, state, ownIds } = context
  const { database } = ground
  const link = createLinkReader(mapping)
  const refer = createReferenceReader(context)
  const managers = createAwaited(context, { noun: 'user', table: user, column: 'managerId' })
  const problem = (row: Row, field: string, label: string, value: string, message: string) =>
    row.problems.push(problemOf(mapping, field, label, value, message))

  const keys: readonly RecordKey<UserValues>[] = [
    ...ids,
    email,
    {
      name: 'name',
      of: ({ values }) => keyOfName(values.name),
      where: 'fold(name) = ?',
    },
  ]

  /** A manager may have a row of its own further down: until then it stands there by its name alone. */
  function managerLink(name: string, given: string | undefined, rows: RowStore): Link {
    const [added] = [
      ...rows.added(token('externalId', name)),
      ...rows.added(token('email', nameKey(name))),
      ...rows.added(token('name', nameKey(name))),
    ]
    if (added) return { id: added.id }
    const found =
      bestOf(database.all<StoredRow>('select * from user where external_id = ?', name)) ??
      bestOf(database.all<StoredRow>('select * from user where email = ? collate nocase', name)) ??
      bestOf(database.all<StoredRow>('select * from user where fold(name) = ?', nameKey(name)))
    if (found?.deleted_at === null) return { id: found.id }
    if (found) return { refused: 'names somebody who was deleted' }
    if (lookups.isId('manager', name))
      return { left: 'is the id of no user up to this line: it is left blank' }
    return {
      make() {
        const id = ownIds.keep(user, given) ?? rows.newId()
        const key = nameKey(name)
        rows.add({ id, name: tidyName(name), role: 'manager', active: true, isLocal: false }, [
          token('name', key),
          token('unnumbered name', key),
        ])
        state.stubs.push(id)
        return id
      },
    }
  }

  function linksOf(row: Row, rows: RowStore, current?: StoredRow) {
    const { id, manager, managerId, team, name } = row.values
    const isItself =
      managerId === undefined
        ? manager !== undefined && nameKey(manager) === nameKey(name ?? '')
        : managerId === id
    if (isItself) problem(row, 'manager', 'Manager', manager ?? '', 'must be somebody else')
    return {
      manager: managers.isAwaited(managerId, rows)
        ? undefined
        : refer(row, {
            ...{ field: 'manager', label: 'Manager', table: 'user' },
            ...{ id: managerId, name: manager, current: current?.manager_id },
            byId: (own) => managers.identified(own, rows),
            byName: (own) => managerLink(own, managerId, rows),
          }),
      team:
        team !== undefined && !lookups.isNamed('team', current?.team_id, team)
          ? link(row, 'team', 'Team', team, lookups.teamNamed(team))
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
      problem(row, 'email', 'E-mail', email, 'already belongs to another user')
  }

  function create(row: Row, rows: RowStore): Columns | undefined {
    const { values } = row
    if (!values.name) problem(row, 'name', 'Name', '', 'must not be blank')
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
      problem(row, 'role', 'Role', values.role ?? '', 'of an admin is changed by hand only')
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
    ...recognisedBy(context, user, keys),
    refersToItsKind: ({ manager, managerId }) => manager !== undefined || managerId !== undefined,
    create,
    patch,
    isThere(row, id, rows, isWritten) {
      const { id: own, manager, managerId } = row.values
      managers.arrived(own, id, rows)
      if (!isWritten || managerId === undefined || !managers.isAwaited(managerId, rows)) return
      managers.wait(managerId, manager, id)
      row.references.push({ field: 'manager', label: 'Manager', outcome: 'linked' })
    },
    finish: (rows) =>
      managers.finish(rows, (name, id) => follow(managerLink(name, id, rows), rows)),
  }
}
