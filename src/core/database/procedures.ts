/** Binds the contract of the database file. It works while the database is damaged, too. */
import { bind } from '../kernel/procedures'
import type { DatabaseActions } from './database'

export const databaseProcedures = (database: () => DatabaseActions) => ({
  status: bind.database.status.handler(() => database().status()),
  backups: bind.database.backups.handler(() => database().backups()),
  backUp: bind.database.backUp.handler(() => database().backUp()),
  restore: bind.database.restore.handler(({ input }) => database().restore(input.name)),
  startEmpty: bind.database.startEmpty.handler(() => database().startEmpty()),
})
