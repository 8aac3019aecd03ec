/** Binds the contract of the database file. It works while the database is damaged, too. */
import { permissionsOf } from '../../kernel/authorisation'
import { bind } from '../../kernel/procedures'
import type { DatabaseActions } from './backups'

export const databaseProcedures = (database: () => DatabaseActions) => ({
  // Where the file is on this machine is for whoever may administer it.
  status: bind.database.status.handler(({ context: { actor } }) => {
    const status = database().status()
    return permissionsOf(actor.role).includes('administer')
      ? status
      : { ...status, file: null, quarantined: [] }
  }),
  backups: bind.database.backups.handler(() => database().backups()),
  backUp: bind.database.backUp.handler(() => database().backUp()),
  restore: bind.database.restore.handler(({ input }) => database().restore(input.name)),
  startEmpty: bind.database.startEmpty.handler(() => database().startEmpty()),
})
