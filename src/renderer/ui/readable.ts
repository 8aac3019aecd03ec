/** `follow_up` → "Follow up": a name of the core as people read it. */
export function readable(name: string): string {
  const text = name.replaceAll('_', ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
