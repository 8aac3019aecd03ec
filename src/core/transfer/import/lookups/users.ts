/** Users that a file names: as owners, as whoever did something, as members of teams. */
import { ownValue } from '../../../../contract/kernel/own-value'
import { seesAll } from '../../../kernel/authorisation'
import { team, user } from '../../../records/users/table'
import { nameKey, tidyName } from '../../format/names'
import type { RowStore } from '../runs/row-store'
import { isEmail, partsOfReference } from '../values/references'
import type { LookupContext } from './context'
import type { Link } from './link'
import { countUnknown } from './unknowns'

interface UserRow {
  id: string
  name: string
  email: string | null
  external_id: string | null
  active: number
  deleted_at: number | null
}

export function createUserLookups({
  database,
  actor,
  may,
  options,
  unknowns,
  known,
  isId,
}: LookupContext) {
  const { made, madeId } = known

  const allUsers = known.keep(() => {
    const users = database.all<UserRow>(
      'select id, name, email, external_id, active, deleted_at from user order by deleted_at is not null, active desc, seq',
    )
    const enter = (key: string | null, row: UserRow) => {
      if (key !== null && !usersByKey.has(nameKey(key))) usersByKey.set(nameKey(key), row)
    }
    usersByKey.clear()
    for (const row of users) enter(row.id, row)
    for (const row of users) enter(row.external_id, row)
    for (const row of users) enter(row.email, row)
    for (const row of users) enter(row.name, row)
    return users
  })
  const usersByKey = new Map<string, UserRow>()

  /** By id, external id, e-mail address or name. */
  function findUser(value: string): UserRow | undefined {
    allUsers()
    return usersByKey.get(nameKey(value))
  }

  /** Nothing that is still open is given to somebody who was deactivated. */
  const hasLeft = (link: Link): boolean =>
    link !== undefined &&
    'id' in link &&
    allUsers().some(({ id, active }) => id === link.id && active === 0)

  function owner(value: string, field = 'owner'): Link {
    const tidy = tidyName(value)
    const mapped = ownValue(options.ownerMap, value) ?? ownValue(options.ownerMap, tidy)
    if (mapped) {
      const row = allUsers().find((one) => one.id === mapped && one.deleted_at === null)
      return row ? ownOnly(row) : { refused: 'is mapped to a user who does not exist (any more)' }
    }
    const { name, address } = partsOfReference(tidy)
    const row =
      findUser(tidy) ?? (address === undefined ? undefined : findUser(address)) ?? findUser(name)
    const key = `user\0${nameKey(tidy)}`
    if (made.has(key)) countUnknown(unknowns.owners, tidy)
    if (row?.deleted_at != null) return { refused: `names ${row.name}, who was deleted` }
    if (row) return ownOnly(row)
    const id = madeId(key)
    if (id) return { id }
    countUnknown(unknowns.owners, tidy)
    if (!seesAll(actor)) return { refused: 'must be you: you can import only what is yours' }
    if (isId(field, tidy)) return { left: 'is the id of no user: the owner is left blank' }
    if (!options.createOwners) return { refused: 'names nobody: choose a user for this name' }
    if (!may.includes('administer'))
      return {
        refused: 'names nobody, and only an admin can add users: choose a user for this name',
      }
    return { make: (rows) => makeUser(rows, tidy) }
  }
  /** Whoever is there already, by the id or else the name. */
  const personOf = (name: string | undefined, id: string | undefined): string | undefined =>
    (id === undefined ? undefined : findUser(id)?.id) ??
    (name === undefined ? undefined : findUser(name)?.id)

  /** Whoever a custom field names: “Ada”, “ada@acme.example”, “Ada (ada@acme.example)”, or with an id as exports write it. */
  function person(named: string): { id: string } | { refused: string } {
    const tidy = tidyName(named)
    const { name, address } = partsOfReference(tidy)
    const [, id] = /\(([0-9a-f-]{36})\)$/i.exec(tidy) ?? []
    const row =
      (id === undefined ? undefined : findUser(id)) ??
      findUser(tidy) ??
      (address === undefined ? undefined : findUser(address)) ??
      findUser(name)
    if (!row) return { refused: 'names nobody in this workspace' }
    if (row.deleted_at !== null) return { refused: `names ${row.name}, who was deleted` }
    return { id: row.id }
  }

  function identified(id: string): Link {
    const row = findUser(id)
    if (row?.deleted_at != null) return { refused: `names ${row.name}, who was deleted` }
    return row && ownOnly(row)
  }

  const ownOnly = (row: UserRow): Link =>
    seesAll(actor) || row.id === actor.userId
      ? { id: row.id }
      : { refused: 'must be you: you can import only what is yours' }

  function makeUser(rows: RowStore, value: string): string {
    const { name, address } = partsOfReference(value)
    const email = address !== undefined && isEmail(address) ? address : null
    const id = rows.insert(user, { name: name || value, email, role: 'rep' })
    allUsers.forget()
    made.set(`user\0${nameKey(value)}`, id)
    return id
  }

  const teams = known.keep(() =>
    database.all<{ id: string; name: string }>(
      'select id, name from team where deleted_at is null order by seq',
    ),
  )
  function teamNamed(value: string): Link {
    const tidy = tidyName(value)
    const key = `team\0${nameKey(tidy)}`
    const id = teams().find((row) => nameKey(row.name) === nameKey(tidy))?.id ?? madeId(key)
    if (id) return { id }
    return {
      make(rows) {
        const added = rows.insert(team, { name: tidy })
        teams.forget()
        made.set(key, added)
        return added
      },
    }
  }

  return { findUser, identified, hasLeft, owner, person, personOf, teamNamed }
}
