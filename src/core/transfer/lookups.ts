/** Finds what a file refers to by name (users, companies, contacts, stages…) and, where that is wanted, makes what is missing. */
import { LRUCache } from 'lru-cache'
import { ownValue } from '../../contract/own-value'
import type { CustomField } from '../../contract/settings'
import type { ImportOptions } from '../../contract/transfer'
import type { StageKind } from '../../contract/words'
import { contactName } from '../contacts/contacts'
import type { Actor } from '../kernel/actor'
import { addressScope } from '../kernel/address-scope'
import { permissionsOf, seesAll } from '../kernel/authorisation'
import type { SqlValue } from '../kernel/database'
import type { Ground } from '../kernel/ground'
import { company, contact, customField, stage, team, user, word } from '../kernel/schema'
import { nameKey, splitPersonName, tidyName } from './names'
import type { OwnIds } from './own-ids'
import type { NewField } from './read-values'
import { domainOf, isEmail, isIdOf, isUuid, listOf, mayBeId, partsOfReference } from './references'
import type { RowStore } from './row-store'
import { planStages, type StageFacts } from './stage-order'
import { guessStageKind, isPlainly, newStage } from './stage-words'

/** What a value of the file names: a row, or one that can be made, or nothing. */
export type Link =
  | { id: string; told?: string | undefined }
  | { make(rows: RowStore): string; told?: string | undefined }
  /** The row cannot be imported. */
  | { refused: string }
  /** The row is imported without it. */
  | { left: string }
  | undefined

export interface StageRow {
  id: string
  pipeline_id: string
  name: string
  kind: StageKind
  probability: number
  position: number
}
interface UserRow {
  id: string
  name: string
  email: string | null
  external_id: string | null
  active: number
  deleted_at: number | null
}

/** Values that name nothing in the database yet → in how many rows. */
export interface Unknowns {
  owners: Record<string, number>
  stages: Record<string, number>
  companies: number
  /** Custom fields that the columns need. */
  fields: { name: string; label: string; type: CustomField['type'] }[]
}

/** What a row may refer to. */
export type ReferredTable = 'company' | 'contact' | 'lead' | 'customer' | 'user'

export type Lookups = ReturnType<typeof createLookups>

const mostNames = 20_000
/** Above this many different unknown names only those known are counted on. */
const mostUnknown = 1000

export function createLookups(
  { database, workspace }: Ground,
  {
    actor,
    options,
    unknowns,
    dryRun,
    idFields,
    stages: facts,
    plans,
    ownIds,
  }: {
    actor: Actor
    options: ImportOptions
    unknowns: Unknowns
    dryRun: boolean
    /** Fields whose column holds ids of another program. */
    idFields: ReadonlySet<string>
    /** The stages that the file names. */
    stages: readonly StageFacts[]
    /** By pipeline; is written to. */
    plans: Record<string, string[]>
    ownIds: OwnIds
  },
) {
  /** An id of another program, from which no record can be made. */
  const isId = (field: string, value: string): boolean =>
    isIdOf(value) || (idFields.has(field) && mayBeId(value))
  const may = permissionsOf(actor.role)
  const mayCreateUsers = may.includes('administer')
  const mayConfigure = may.includes('configure')

  // What is known, until somebody else changes it ------------------------------------------------

  const found = new LRUCache<string, { id: string; deleted: boolean } | { none: true }>({
    max: mostNames,
  })
  const namesById = new LRUCache<string, string>({ max: mostNames })
  /** Made by this import: `table` and name → id. */
  const made = new Map<string, string>()
  /** What a check would have made is nowhere else; what an import made may have been renamed since. */
  const madeId = (key: string) => (dryRun ? made.get(key) : undefined)
  let users: UserRow[] | undefined
  let teams: { id: string; name: string }[] | undefined
  let stages: StageRow[] | undefined
  let pipelines: { id: string; name: string; is_default: number }[] | undefined
  let words: { list: string; name: string; label: string }[] | undefined
  let custom: { table_name: string; key: string }[] | undefined

  const tables = 'company contact lead customer user team stage pipeline word custom_field' as const
  let stamp = database.stampOf(tables)

  function forget() {
    found.clear()
    namesById.clear()
    users = teams = stages = pipelines = words = custom = undefined
  }

  /** To be called at the beginning of each transaction. Answers whether others wrote since the last one. */
  function refresh(): boolean {
    if (database.stampOf(tables) === stamp) return false
    forget()
    stamp = database.stampOf(tables)
    return true
  }
  /** To be called after each commit of our own. */
  const settle = () => {
    stamp = database.stampOf(tables)
  }

  /** By the id it has here, or in the program it comes from. */
  function byAnyId(table: ReferredTable, value: string) {
    if (isUuid(value)) {
      const { sql, parameters } =
        table === 'company' || table === 'contact' ? seen(table) : { sql: '', parameters: [] }
      const row = database.get<{ id: string; deleted_at: number | null }>(
        `select id, deleted_at from ${table} where id = ? ${sql}`,
        value.toLowerCase(),
        ...parameters,
      )
      if (row) return row
    }
    return byExternalId(table, value)
  }

  /** What a column of ids refers to, if anything that the actor may refer to. */
  function identified(table: ReferredTable, id: string): Link {
    if (table === 'user') return userIdentified(id)
    const row = seek(idKey(table, id), () => byAnyId(table, id))
    if (row?.deleted) return { refused: `names a ${table} in the trash: restore it or purge it` }
    const link = row && { id: row.id }
    return table === 'lead' || table === 'customer' ? onlyOwn(table, link) : link
  }
  const idKey = (table: ReferredTable, id: string) => `${table}-id\0${id}`

  const nothing = { none: true } as const
  function seek(key: string, look: () => { id: string; deleted_at: number | null } | undefined) {
    let known = found.get(key)
    if (!known) {
      const row = look()
      known = row ? { id: row.id, deleted: row.deleted_at !== null } : nothing
      found.set(key, known)
    }
    return 'none' in known ? undefined : known
  }

  const count = (record: Record<string, number>, value: string) => {
    const known = ownValue(record, value)
    if (known !== undefined) record[value] = known + 1
    else if (Object.keys(record).length < mostUnknown) record[value] = 1
  }

  // Users and teams -----------------------------------------------------------------------------

  function allUsers(): UserRow[] {
    if (users) return users
    users = database.all<UserRow>(
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
  }
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
    if (made.has(key)) count(unknowns.owners, tidy)
    if (row?.deleted_at != null) return { refused: `names ${row.name}, who was deleted` }
    if (row) return ownOnly(row)
    const id = madeId(key)
    if (id) return { id }
    count(unknowns.owners, tidy)
    if (!seesAll(actor)) return { refused: 'must be you: you can import only what is yours' }
    if (isId(field, tidy)) return { left: 'is the id of no user: the owner is left blank' }
    if (!options.createOwners) return { refused: 'names nobody: choose a user for this name' }
    if (!mayCreateUsers)
      return {
        refused: 'names nobody, and only an admin can add users: choose a user for this name',
      }
    return { make: (rows) => makeUser(rows, tidy) }
  }
  /** Whoever is there already, by the id or else the name. */
  const personOf = (name: string | undefined, id: string | undefined): string | undefined =>
    (id === undefined ? undefined : findUser(id)?.id) ??
    (name === undefined ? undefined : findUser(name)?.id)

  function userIdentified(id: string): Link {
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
    users = undefined
    made.set(`user\0${nameKey(value)}`, id)
    return id
  }

  function teamNamed(value: string): Link {
    const tidy = tidyName(value)
    teams ??= database.all('select id, name from team where deleted_at is null order by seq')
    const key = `team\0${nameKey(tidy)}`
    const id = teams.find((row) => nameKey(row.name) === nameKey(tidy))?.id ?? madeId(key)
    if (id) return { id }
    return {
      make(rows) {
        const added = rows.insert(team, { name: tidy })
        teams = undefined
        made.set(key, added)
        return added
      },
    }
  }

  /** The id of a record that a file of our own refers to and that is not there yet. */
  const idKept = (table: typeof company | typeof contact, given: string | undefined) => {
    const id = ownIds.keep(table, given)
    return id === undefined ? {} : { id }
  }

  // Companies and contacts ----------------------------------------------------------------------

  const first = (sql: string, names: string[], ...more: SqlValue[]) => {
    let trashed: { id: string; deleted_at: number | null } | undefined
    for (const name of names) {
      const row = database.get<{ id: string; deleted_at: number | null }>(sql, name, ...more)
      if (row?.deleted_at === null) return row
      trashed ??= row
    }
    return trashed
  }

  /** By id, domain or name; of a list the first where the whole is none. */
  function companyNamed(value: string, id?: string): Link {
    const tidy = tidyName(value)
    const key = `company\0${nameKey(tidy)}`
    const { name, address } = partsOfReference(tidy)
    const row = seek(
      key,
      () =>
        byAnyId('company', tidy) ??
        (address === undefined
          ? undefined
          : database.get<{ id: string; deleted_at: number | null }>(
              `select id, deleted_at from company where domain = ? ${seen('company').sql}
               order by deleted_at is not null, seq limit 1`,
              domainOf(address),
              ...seen('company').parameters,
            )) ??
        first(
          `select id, deleted_at from company where name_folded = ? ${seen('company').sql}
           order by deleted_at is not null, seq limit 1`,
          [nameKey(tidy), ...(name && name !== tidy ? [nameKey(name)] : [])],
          ...seen('company').parameters,
        ),
    )
    if (row?.deleted) return { refused: 'names a company in the trash: restore it or purge it' }
    if (row) return { id: row.id }
    const list = listOf(tidy)
    if (list) return withTold(companyNamed(list.first, id), list.told)
    const madeBefore = madeId(key)
    if (madeBefore) return { id: madeBefore }
    return {
      make(rows) {
        const added = rows.insert(company, {
          ...idKept(company, id),
          name: name || tidy,
          ...(name && address !== undefined && !isEmail(address) && { domain: domainOf(address) }),
          ownerId: actor.userId,
          createdBy: actor.userId,
        })
        found.delete(key)
        if (id !== undefined) found.delete(idKey('company', id))
        made.set(key, added)
        namesById.set(added, name || tidy)
        return added
      },
    }
  }

  /** The company that a row refers to, to recognise the row by. */
  const companyOf = (values: {
    company?: string | undefined
    companyId?: string | undefined
  }): Link =>
    (values.companyId === undefined ? undefined : identified('company', values.companyId)) ??
    (values.company === undefined ? undefined : companyNamed(values.company))

  const unknownCompanies = new Set<string>()
  /** A company that another record refers to. @param id which it gets where it is made */
  function companyLink(value: string, id?: string): Link {
    const link = companyNamed(value, id)
    if (!link || !('make' in link)) return link
    if (isId('company', listOf(value)?.first ?? value))
      return { left: 'is the id of no company: it is left blank' }
    const key = nameKey(value)
    if (!unknownCompanies.has(key)) {
      unknownCompanies.add(key)
      unknowns.companies++
    }
    return options.createCompanies ? link : { refused: 'names no company' }
  }

  /** SQL that leaves out the companies or contacts that the actor does not see. */
  function seen(table: 'company' | 'contact') {
    const scope = addressScope(workspace, table)(actor)
    return scope
      ? { sql: `and ${scope.sql}`, parameters: scope.parameters }
      : { sql: '', parameters: [] }
  }

  function byExternalId(table: ReferredTable, id: string) {
    const { sql, parameters } =
      table === 'company' || table === 'contact' ? seen(table) : { sql: '', parameters: [] }
    return database.get<{ id: string; deleted_at: number | null }>(
      `select id, deleted_at from ${table} where external_id = ? ${sql} order by deleted_at is not null, seq limit 1`,
      id,
      ...parameters,
    )
  }

  /** By id, else by e-mail address, else by name at the company if there is one. */
  function contactLink(
    person: { name?: string | undefined; email?: string | undefined; id?: string | undefined },
    at: { companyId: string | undefined; companyName: string | undefined },
  ): Link {
    const value = person.name === undefined ? undefined : tidyName(person.name)
    const parts = value === undefined ? undefined : partsOfReference(value)
    const isAddress = parts?.address !== undefined && isEmail(parts.address)
    const name = isAddress ? parts.name || undefined : value
    const email = person.email ?? (isAddress ? parts.address : undefined)
    const key = `contact\0${nameKey(email ?? '')}\0${nameKey(value ?? '')}\0${at.companyName ? nameKey(at.companyName) : ''}`
    const isOthers = value !== undefined && isId('contact', value)
    const row = seek(
      key,
      () =>
        (value === undefined ? undefined : byAnyId('contact', value)) ??
        (email === undefined
          ? undefined
          : first(
              `select id, deleted_at from contact where email = ? collate nocase ${seen('contact').sql}
               order by deleted_at is not null, seq limit 1`,
              [email],
              ...seen('contact').parameters,
            )) ??
        (name === undefined
          ? undefined
          : first(
              `select id, deleted_at from contact where name_folded = ? ${email === undefined ? '' : 'and email is null'}
               ${at.companyId ? 'and (company_id = ? or company_id is null)' : ''}
               ${seen('contact').sql} order by deleted_at is not null, company_id is null, seq limit 1`,
              [nameKey(name)],
              ...(at.companyId ? [at.companyId] : []),
              ...seen('contact').parameters,
            )),
    )
    const list = !row && value !== undefined ? listOf(value) : undefined
    if (list) return withTold(contactLink({ ...person, name: list.first }, at), list.told)
    if (row?.deleted) return { refused: 'names a contact in the trash: restore it or purge it' }
    const id = row?.id ?? madeId(key)
    if (id) return { id }
    if (isOthers && email === undefined)
      return { left: 'is the id of no contact: it is left blank' }
    if (!options.createContacts) return { refused: 'names no contact' }
    return {
      make(rows) {
        const parts = name === undefined || isOthers ? {} : splitPersonName(name)
        const added = rows.insert(contact, {
          ...idKept(contact, person.id),
          ...parts,
          email,
          name: contactName({ ...parts, email }),
          companyId: at.companyId,
          ownerId: actor.userId,
          createdBy: actor.userId,
        })
        found.delete(key)
        if (person.id !== undefined) found.delete(idKey('contact', person.id))
        made.set(key, added)
        return added
      },
    }
  }

  // What activities refer to --------------------------------------------------------------------

  /** A contact that is there already: by external id, e-mail address or name, if only one has it. */
  const contactReference = (value: string): Link =>
    reference(`contact-ref\0${value}`, () => {
      const tidy = tidyName(value)
      const { name, address } = partsOfReference(tidy)
      return (
        byAnyId('contact', tidy) ??
        onlyOne(
          `select id, deleted_at from contact where email = ? collate nocase and deleted_at is null ${seen('contact').sql} limit 2`,
          [address ?? tidy],
          seen('contact').parameters,
        ) ??
        onlyOne(
          `select id, deleted_at from contact where name_folded = ? and deleted_at is null ${seen('contact').sql} limit 2`,
          [nameKey(name || tidy)],
          seen('contact').parameters,
        )
      )
    })

  /** By external id or title, if only one has it. A rep reaches its own leads only. */
  function leadReference(value: string): Link {
    const link = reference(`lead-ref\0${value}`, () => {
      const tidy = tidyName(value)
      return (
        byAnyId('lead', tidy) ??
        onlyOne(
          'select id, deleted_at from lead where title_folded = ? and deleted_at is null limit 2',
          [nameKey(tidy)],
        )
      )
    })
    return onlyOwn('lead', link)
  }

  const customerReference = (value: string): Link => {
    const link = reference(`customer-ref\0${value}`, () => {
      const tidy = tidyName(value)
      return (
        byAnyId('customer', tidy) ??
        onlyOne(
          'select id, deleted_at from customer where name_folded = ? and deleted_at is null limit 2',
          [nameKey(tidy)],
        )
      )
    })
    return onlyOwn('customer', link)
  }

  /** Leads and customers of others are nothing that a rep may refer to. */
  function onlyOwn(table: 'lead' | 'customer', link: Link): Link {
    if (!link || !('id' in link) || seesAll(actor)) return link
    const own = database.get(
      `select 1 from ${table} where id = ? and owner_id = ?`,
      link.id,
      actor.userId,
    )
    return own ? link : { refused: 'belongs to somebody else' }
  }

  function reference(
    key: string,
    look: () => { id: string; deleted_at: number | null } | undefined,
  ): Link {
    const row = seek(key, look)
    return row && !row.deleted ? { id: row.id } : undefined
  }

  function onlyOne(sql: string, names: string[], more: readonly SqlValue[] = []) {
    for (const name of names) {
      const rows = database.all<{ id: string; deleted_at: number | null }>(sql, name, ...more)
      if (rows.length === 1) return rows[0]
      if (rows.length > 1) return undefined
    }
    return undefined
  }

  // Stages --------------------------------------------------------------------------------------

  const allStages = () =>
    (stages ??= database.all<StageRow>(
      'select id, pipeline_id, name, kind, probability, position from stage order by pipeline_id, position',
    ))
  const madeStages: StageRow[] = []
  const allPipelines = () =>
    (pipelines ??= database.all(
      'select id, name, is_default from pipeline order by is_default desc, position',
    ))

  function pipelineNamed(value: string): { id: string } | { refused: string } {
    const row = allPipelines().find((one) => nameKey(one.name) === nameKey(value))
    return row ? { id: row.id } : { refused: 'names no pipeline' }
  }
  const defaultPipeline = (): string => options.pipelineId ?? allPipelines()[0]?.id ?? ''

  function stagesOf(pipelineId: string): StageRow[] {
    const stored = allStages().filter((row) => row.pipeline_id === pipelineId)
    const known = new Set(stored.map((row) => row.id))
    return [
      ...stored,
      ...madeStages.filter((row) => row.pipeline_id === pipelineId && !known.has(row.id)),
    ]
  }

  const stageAt = (pipeline: string, name: string): string | undefined =>
    allStages().find(
      (row) =>
        row.name === name &&
        allPipelines().some((one) => one.id === row.pipeline_id && one.name === pipeline),
    )?.id

  type StageLink =
    | { stage: StageRow }
    | { make(rows: RowStore): StageRow; kind: StageKind }
    | { refused: string }

  function stageNamed(value: string, pipelineId: string): StageLink {
    const tidy = tidyName(value)
    const mapped = ownValue(options.stageMap, value) ?? ownValue(options.stageMap, tidy)
    if (mapped && 'stageId' in mapped) {
      const row = allStages().find((one) => one.id === mapped.stageId)
      return row
        ? { stage: row }
        : { refused: 'is mapped to a stage that does not exist (any more)' }
    }
    const row = stageLike(tidy, pipelineId)
    const isNew = !row || madeStages.includes(row)
    if (isNew && !mapped) count(unknowns.stages, tidy)
    if (row) return { stage: row }
    const kind = mapped?.create ?? guessStageKind(tidy)
    if (!mayConfigure)
      return { refused: 'names no stage, and you may not add one: choose a stage for this name' }
    if (!mapped && !options.createStages)
      return { refused: 'names no stage: choose a stage for this name' }
    return { kind, make: (rows) => makeStage(rows, tidy, kind, pipelineId) }
  }

  /** By name, with or without the pipeline's behind it; “Closed Won” is the only won stage there is. */
  function stageLike(name: string, pipelineId: string): StageRow | undefined {
    const pipeline = allPipelines().find((one) => one.id === pipelineId)?.name ?? ''
    const [, own = name, behind = ''] = /^(.*\S) \(([^()]+)\)$/.exec(name) ?? []
    const bare = nameKey(behind) === nameKey(pipeline) ? own : name
    const all = stagesOf(pipelineId)
    const named =
      all.find((one) => nameKey(one.name) === nameKey(name)) ??
      all.find((one) => nameKey(one.name) === nameKey(bare))
    if (named || ownValue(options.stageMap, name)) return named
    const plain = all.filter((one) => one.kind !== 'open' && isPlainly(one.kind, bare))
    return plain.length === 1 ? plain[0] : undefined
  }

  function makeStage(rows: RowStore, name: string, kind: StageKind, pipelineId: string): StageRow {
    const { position, moved, ...columns } = newStage(
      name,
      kind,
      stagesOf(pipelineId),
      planOf(pipelineId),
    )
    for (const { id, position: to } of moved) moveStage(rows, id, to)
    const id = rows.insert(stage, { name, kind, pipelineId, position, ...columns })
    const row = {
      id,
      pipeline_id: pipelineId,
      name,
      kind,
      position,
      probability: columns.probability,
    }
    madeStages.push(row)
    stages = undefined
    return row
  }
  /** Made once, so that an import that was cut short resumes with the same one. */
  function planOf(pipelineId: string): string[] {
    plans[pipelineId] ??= planStages(stagesOf(pipelineId), facts, {
      chosen: options.stageOrder,
      kindOf(name) {
        const mapped = ownValue(options.stageMap, name)
        if (mapped) return 'create' in mapped ? mapped.create : undefined
        return stageLike(name, pipelineId) ? undefined : guessStageKind(name)
      },
    })
    return plans[pipelineId]
  }
  function moveStage(rows: RowStore, id: string, position: number) {
    rows.change(stage, id, { position })
    const own = madeStages.find((row) => row.id === id)
    if (own) own.position = position
  }

  /** The first stage of a kind. */
  function stageOfKind(kind: StageKind, pipelineId: string): StageRow | undefined {
    return stagesOf(pipelineId)
      .filter((row) => row.kind === kind)
      .sort((a, b) => a.position - b.position)[0]
  }

  // Words and custom fields ---------------------------------------------------------------------

  const allWords = () =>
    (words ??= database.all('select list, name, label from word order by position'))

  /** The name of an activity type or outcome; undefined where it is unknown and may not be added. */
  function wordNamed(
    list: 'activity_type' | 'outcome',
    name: string,
  ): { name: string; make?(rows: RowStore): void } | { refused: string } {
    const known = allWords().find(
      (row) =>
        row.list === list &&
        (row.name === name || nameKey(row.label).replace(/[^a-z0-9]+/g, '_') === name),
    )
    if (known) return { name: known.name }
    const key = `${list}\0${name}`
    if (made.has(key)) return { name }
    if (!mayConfigure) return { refused: `is not known, and you may not add it` }
    return {
      name,
      make(rows) {
        const label = (name.charAt(0).toUpperCase() + name.slice(1)).replaceAll('_', ' ')
        const position =
          allWords().filter((row) => row.list === list).length +
          [...made.keys()].filter((one) => one.startsWith(`${list}\0`)).length
        made.set(key, rows.insert(word, { list, name, label, position }))
      },
    }
  }

  /** Makes the custom fields that values were read for and that do not exist yet. */
  function ensureFields(
    rows: RowStore,
    table: CustomField['table'],
    values: Record<string, unknown>,
    added: ReadonlyMap<string, NewField>,
  ) {
    if (added.size === 0) return
    custom ??= database.all('select table_name, key from custom_field')
    for (const key of Object.keys(values)) {
      const field = added.get(key)
      if (!field || made.has(`field\0${key}`)) continue
      if (custom.some((one) => one.table_name === table && one.key === key)) continue
      const position =
        custom.filter((one) => one.table_name === table).length +
        [...made.keys()].filter((one) => one.startsWith('field\0')).length
      const label = field.label.slice(0, 80)
      unknowns.fields.push({ name: `custom.${key}`, label, type: field.type })
      made.set(
        `field\0${key}`,
        rows.insert(customField, {
          tableName: table,
          key,
          label,
          type: field.type,
          choices: [],
          position,
        }),
      )
    }
  }

  // ---------------------------------------------------------------------------------------------

  /** Whether the row that is linked now bears this name: then the link may stay as it is. */
  function isNamed(
    table: ReferredTable | 'team',
    id: SqlValue | undefined,
    value: string,
  ): boolean {
    if (typeof id !== 'string') return false
    let name = namesById.get(id)
    if (name === undefined) {
      const column = table === 'lead' ? 'title' : 'name'
      name = database.value<string>(`select ${column} from ${table} where id = ?`, id) ?? ''
      if (name !== '') namesById.set(id, name)
    }
    return name !== '' && nameKey(name) === nameKey(value)
  }

  return {
    refresh,
    settle,
    isId,
    seen,
    owner,
    identified,
    storedById: byAnyId,
    hasLeft,
    teamNamed,
    companyNamed,
    companyOf,
    companyLink,
    contactLink,
    contactReference,
    leadReference,
    customerReference,
    findUser,
    personOf,
    pipelineNamed,
    defaultPipeline,
    stageNamed,
    stageOfKind,
    stageAt,
    wordNamed,
    ensureFields,
    isNamed,
    seesAll: seesAll(actor),
  }
}

/** The id a link leads to, made where it must be. */
export function follow(link: Link, rows: RowStore): string | undefined {
  if (!link || 'refused' in link || 'left' in link) return undefined
  return 'id' in link ? link.id : link.make(rows)
}

const withTold = (link: Link, told: string): Link =>
  link && ('id' in link || 'make' in link) ? { ...link, told } : link
