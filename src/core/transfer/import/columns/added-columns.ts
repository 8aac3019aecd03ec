/** The columns that a file of rejected rows has more than the file they come from. */

export const addedColumns = ['Rejected because', 'Line in the file'] as const

/** Whether a column was put there by us, in a file that was corrected and comes back. */
export const isAddedColumn = (column: string): boolean =>
  (addedColumns as readonly string[]).includes(column)
