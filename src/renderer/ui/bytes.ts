/** Sizes of files as people read them: "512 bytes", "1.2 MB". */

const units = ['kB', 'MB', 'GB', 'TB'] as const

/** In thousands, as file managers count; one decimal below ten. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return bytes === 1 ? '1 byte' : `${bytes} bytes`
  let value = bytes
  let unit: string = units[0]
  for (unit of units) {
    value /= 1000
    if (value < 999.5) break
  }
  const digits = value < 9.95 ? 1 : 0
  return `${value.toLocaleString(undefined, { minimumFractionDigits: 0, maximumFractionDigits: digits })} ${unit}`
}
