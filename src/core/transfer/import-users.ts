/** Imports users with their teams and managers: recognised by id, external id, e-mail address, else name. */
import { user } from '../kernel/schema'
import type { UserValues } from './fields'
import {
  bestOf,
  createLinkReader,
  type ImportRow,
  type Key,
  type KindContext,
  type KindImport,
  outerId,
  problemOf,
  token,
} from './import-kind'
import { follow, type Link } from './lookups'
import { nameKey, nameSpellings, tidyName } from './names'
import type { Columns, RowStore, StoredRow } from './row-store'

type Row = ImportRow<UserValues>

export function importUsers(context: KindContext): KindImport<UserValues> {
  const { ground, lookups, mapping, state } = context
  const { database } = ground
  const link = createLinkReader(mapping)
  const problem = (row: Row, field: string, label: string, value: string, message: string) =>
    row.problems.push(problemOf(mapping, field, label, value, message))

  function byName(name: string, condition = ''): StoredRow[] {
    let trashed: StoredRow[] = []
    for (const spelling of nameSpellings(name)) {
      const rows = database.all<StoredRow>(
        `select * from user where name = ? collate nocase ${condition}`,
        spelling,
      )
      if (bestOf(rows)?.deleted_at === null) return rows
      if (rows.length > 0) trashed = rows
    }
    return trashed
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
  function managerLink(name: string, rows: RowStore): Link {
    const added = rows.added(token('name', nameKey(name)))
    if (added) return { id: added.id }
    const found = bestOf(byName(name))
    if (found?.deleted_at === null) return { id: found.id }
    if (found) return { refused: 'names somebody who was deleted' }
    return {
      make() {
        const id = rows.newId()
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
    const { manager, team, name } = row.values
    if (manager !== undefined && nameKey(manager) === nameKey(name ?? ''))
      problem(row, 'manager', 'Manager', manager, 'must be somebody else')
    return {
      manager:
        manager !== undefined && !lookups.isNamed('user', current?.manager_id, manager)
          ? link(row, 'manager', 'Manager', manager, managerLink(manager, rows))
          : undefined,
      team: team === undefined ? undefined : lookups.teamNamed(team),
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
      externalId: outerId(values),
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
      externalId: values.externalId,
    }
  }

  return {
    table: user,
    noun: 'user',
    nouns: 'users',
    keys,
    tokens,
    refersToItsKind: (values) => values.manager !== undefined,
    create,
    patch,
  }
}
