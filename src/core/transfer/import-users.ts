/** Imports users with their teams and managers: recognised by id, external id, e-mail address, else name. */
import { user } from '../kernel/schema'
import { createAwaited } from './awaited'
import type { UserValues } from './fields'
import {
  bestOf,
  createLinkReader,
  createReferenceReader,
  type ImportRow,
  type Key,
  type KindContext,
  type KindImport,
  outerId,
  problemOf,
  token,
} from './import-kind'
import { follow, type Link } from './lookups'
import { nameKey, tidyName } from './names'
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

  function byName(name: string, condition = ''): StoredRow[] {
    return database.all<StoredRow>(
      `select * from user where fold(name) = ? ${condition}`,
      nameKey(name),
    )
  }

  function keys({ values }: Row): Key[] {
    const { id, email, name } = values
    const externalId = outerId(values)
    const condition = externalId ? 'and external_id is null' : ''
    const weak = (kind: string, key: string) => token(externalId ? `unnumbered ${kind}` : kind, key)
    const found: Key[] = []
    if (id)
      found.push({
        name: 'id',
        token: token('id', id),
        find: () => database.all('select * from user where id = ?', id),
      })
    if (externalId)
      found.push({
        name: 'externalId',
        token: token('externalId', externalId),
        find: () => database.all(`select * from user where external_id = ?`, externalId),
      })
    if (email)
      found.push({
        name: 'email',
        token: weak('email', nameKey(email)),
        find: () =>
          database.all(`select * from user where email = ? collate nocase ${condition}`, email),
      })
    if (name)
      found.push({
        name: 'name',
        token: weak('name', nameKey(name)),
        find: () => byName(name, condition),
      })
    return found
  }

  function tokens({ values }: Row): string[] {
    const externalId = outerId(values)
    const both = (kind: string, key: string) =>
      externalId ? [token(kind, key)] : [token(kind, key), token(`unnumbered ${kind}`, key)]
    return [
      ...(values.id ? [token('id', values.id)] : []),
      ...(externalId ? [token('externalId', externalId)] : []),
      ...(values.email ? both('email', nameKey(values.email)) : []),
      ...(values.name ? both('name', nameKey(values.name)) : []),
    ]
  }

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
      bestOf(byName(name))
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
    keys,
    tokens,
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
