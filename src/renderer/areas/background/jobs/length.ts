/** How long something took, in words. */

/** "under a second", "3 s", "2 min 5 s". @param from ISO instant, as is `to` */
export function lengthText(from: string, to: string): string {
  const seconds = Math.round((Date.parse(to) - Date.parse(from)) / 1000)
  if (seconds < 1) return 'under a second'
  if (seconds < 60) return `${seconds} s`
  const rest = seconds % 60
  const minutes = `${Math.floor(seconds / 60)} min`
  return rest === 0 ? minutes : `${minutes} ${rest} s`
}
