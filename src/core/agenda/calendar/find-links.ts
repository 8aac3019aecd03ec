/** Finds what an entry that Rapport wrote is about, and whose it is: only what whoever takes it in may use. */
import type { Actor } from '../../kernel/actor'
import { seesAll } from '../../kernel/authorisation'
import type { Kernel } from '../../kernel/kernel'
import { requireOwnLinks } from '../../records/links/links'
import { type Link, type LinkKind, linkKinds, type OwnProperties } from './own-properties'

export interface FoundLinks {
  links: Partial<Record<`${LinkKind}Id`, string>>
  /** What cannot be linked, for people; null where nothing is missing. */
  reason: string | null
}

const nameColumns: Record<LinkKind, string> = {
  lead: 'title',
  contact: 'name',
  company: 'name',
  customer: 'name',
}
/** Of more with one name nobody can tell which is meant. */
const mostOfOneName = 10

export function createLinkFinder({ database, workspace }: Kernel, actor: Actor) {
  const found = new Map<string, string | undefined>()
  const people = new Map<string, string | undefined>()

  function mayUse(kind: LinkKind, id: string): boolean {
    try {
      requireOwnLinks({ database, workspace }, actor, { [`${kind}Id`]: id })
      return true
    } catch {
      return false
    }
  }

  /** By its id, here or where it came from, else by its name where only one has it. */
  function find(kind: LinkKind, { id, name }: Link): string | undefined {
    const usable = (where: string, value: string) =>
      database
        .all<{ id: string }>(
          `select id from ${kind} where ${where} = ? and deleted_at is null limit ${mostOfOneName + 1}`,
          value,
        )
        .map((row) => row.id)
    for (const column of ['id', 'external_id']) {
      const known = usable(column, id)
      const [only] = known
      if (known.length === 1 && only) return mayUse(kind, only) ? only : undefined
    }
    if (!name) return undefined
    const ofName = usable(`${nameColumns[kind]} collate nocase`, name)
    if (ofName.length > mostOfOneName) return undefined
    const [only, ...others] = ofName.filter((one) => mayUse(kind, one))
    return others.length === 0 ? only : undefined
  }

  function linksOf({ links: wanted }: OwnProperties): FoundLinks {
    const links: FoundLinks['links'] = {}
    const missing: string[] = []
    for (const kind of linkKinds) {
      const link = wanted[kind]
      if (!link) continue
      const key = `${kind} ${link.id} ${link.name}`
      if (!found.has(key)) found.set(key, find(kind, link))
      const id = found.get(key)
      if (id) links[`${kind}Id`] = id
      else missing.push(link.name ? `the ${kind} “${link.name}”` : `its ${kind}`)
    }
    return {
      links,
      reason: missing.length > 0 ? `without ${missing.join(' and ')}, not found here` : null,
    }
  }

  /** Somebody else's, where the actor may give it to them; the actor's own otherwise. */
  function userOf({ user }: OwnProperties): string {
    if (!user || !seesAll(actor)) return actor.userId
    const key = `${user.id} ${user.name}`
    if (!people.has(key)) {
      const find = (where: string, value: string) =>
        database.value<string>(
          `select id from user where ${where} = ? and active = 1 and deleted_at is null`,
          value,
        )
      people.set(
        key,
        find('id', user.id) ?? (user.name ? find('email collate nocase', user.name) : undefined),
      )
    }
    return people.get(key) ?? actor.userId
  }

  return { linksOf, userOf }
}

export type LinkFinder = ReturnType<typeof createLinkFinder>
