/** `expected_close_date` → “Expected close date”, `owner_id` → “Owner”: what columns are called on screen. */
export function fieldLabel(column: string): string {
  const words = column.replace(/_(id|minor|at)$/, '').replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
