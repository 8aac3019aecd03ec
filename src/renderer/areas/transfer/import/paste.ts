/** Rows from the clipboard as a file: spreadsheets put them there with tabs between the cells. */

/** Undefined for text that is no table: less than two lines. */
export function fileFromPaste(text: string): File | undefined {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '')
  if (lines.length < 2) return undefined
  return new File([text], 'Pasted rows.csv', { type: 'text/csv' })
}
