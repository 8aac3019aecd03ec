/** Finds what a file refers to by name (users, companies, contacts, stages…) and, where that is wanted, makes what is missing. */
import type { ImportOptions } from '../../../../contract/transfer/import'
import type { Actor } from '../../../kernel/actor'
import { permissionsOf, seesAll } from '../../../kernel/authorisation'
import type { SqlValue } from '../../../kernel/database/database'
import type { Kernel } from '../../../kernel/kernel'
import { nameKey } from '../../format/names'
import type { OwnIds } from '../recognise/own-ids'
import type { StageFacts } from '../stages/stage-order'
import { isIdOf, mayBeId } from '../values/references'
import { createCompanyLookups } from './companies'
import { createContactLookups } from './contacts'
import type { LookupContext } from './context'
import { createKnown } from './known'
import { createLeadAndCustomerLookups } from './leads-and-customers'
import type { Link, ReferredTable } from './link'
import { createStageLookups, type StageState } from './stages'
import { createStoredLookups } from './stored'
import type { Unknowns } from './unknowns'
import { createUserLookups } from './users'
import { createWordLookups } from './words'

export type Lookups = ReturnType<typeof createLookups>

export function createLookups(
  { database, workspace, clock }: Kernel,
  {
    actor,
    options,
    unknowns,
    dryRun,
    idFields,
    stages: facts,
    state,
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
    /** Is written to. */
    state: StageState
    ownIds: OwnIds
  },
) {
  const known = createKnown(database, { dryRun })
  const context: LookupContext = {
    ...{ database, workspace, clock, actor, options, unknowns, known },
    may: permissionsOf(actor.role),
    isId: (field, value) => isIdOf(value) || (idFields.has(field) && mayBeId(value)),
    idKept(table, given) {
      const id = ownIds.keep(table, given)
      return id === undefined ? {} : { id }
    },
  }
  const stored = createStoredLookups(context)
  const { identified: userIdentified, ...users } = createUserLookups(context)

  /** Whether the linked row has this name: then the link stays as it is. */
  function isNamed(
    table: ReferredTable | 'team',
    id: SqlValue | undefined,
    value: string,
  ): boolean {
    if (typeof id !== 'string') return false
    let name = known.namesById.get(id)
    if (name === undefined) {
      const column = table === 'lead' ? 'title' : 'name'
      name = database.value<string>(`select ${column} from ${table} where id = ?`, id) ?? ''
      if (name !== '') known.namesById.set(id, name)
    }
    return name !== '' && nameKey(name) === nameKey(value)
  }

  return {
    ...users,
    ...createCompanyLookups(context, stored),
    ...createContactLookups(context, stored),
    ...createLeadAndCustomerLookups(stored),
    ...createStageLookups(context, facts, state),
    ...createWordLookups(context),
    refresh: known.refresh,
    settle: known.settle,
    isId: context.isId,
    seen: stored.seen,
    storedById: stored.byAnyId,
    /** What a column of ids refers to, if anything that the actor may refer to. */
    identified: (table: ReferredTable, id: string): Link =>
      table === 'user' ? userIdentified(id) : stored.identified(table, id),
    isNamed,
    seesAll: seesAll(actor),
  }
}
