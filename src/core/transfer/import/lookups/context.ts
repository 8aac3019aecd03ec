/** What all lookups of an import share. */

import type { Permission } from '../../../../contract/kernel/base'
import type { ImportOptions } from '../../../../contract/transfer/import'
import type { Actor } from '../../../kernel/actor'
import type { Kernel } from '../../../kernel/kernel'
import type { company } from '../../../records/companies/table'
import type { contact } from '../../../records/contacts/table'
import type { Known } from './known'
import type { Unknowns } from './unknowns'

export interface LookupContext extends Pick<Kernel, 'database' | 'workspace' | 'clock'> {
  actor: Actor
  may: readonly Permission[]
  options: ImportOptions
  unknowns: Unknowns
  known: Known
  /** An id of another program, from which no record can be made. */
  isId(field: string, value: string): boolean
  /** The id of a record that a file of our own refers to and that is not there yet. */
  idKept(table: typeof company | typeof contact, given: string | undefined): { id?: string }
}
