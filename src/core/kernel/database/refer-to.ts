/** Foreign keys to a table of a wing below: that table declares them, as the wings above do not know it. */
import {
  type AnySQLiteColumn,
  type ForeignKey,
  foreignKey,
  type SQLiteTable,
  type UpdateDeleteAction,
} from 'drizzle-orm/sqlite-core'

/** Where drizzle keeps the foreign keys that columns declare by `references()`. */
const declared = Symbol.for('drizzle:SQLiteInlineForeignKeys')

/** What `column.references(() => target, { onDelete })` declares, from the target's side. */
export function referTo(
  column: AnySQLiteColumn,
  target: AnySQLiteColumn,
  { onDelete }: { onDelete: UpdateDeleteAction },
): void {
  const table = column.table as SQLiteTable & { [declared]: ForeignKey[] }
  const builder = foreignKey({ columns: [column], foreignColumns: [target] }).onDelete(onDelete)
  table[declared].push((builder as unknown as { build(of: SQLiteTable): ForeignKey }).build(table))
}
