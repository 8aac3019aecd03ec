/** Text that people type or paste: what a line and a longer text are made of, and web addresses. */

/** Control characters and separators of lines and paragraphs: each run of them is one space in a line. */
const breaks = /[\p{Cc}\u2028\u2029]+/gu
/** Nothing to see that also turns or hides what is around it: byte order marks, overrides of direction. */
const invisible = /[\ufeff\u200b\u2060\u202a-\u202e\u2066-\u2069]/g
/** In longer text line breaks and tabs stay. */
const controls = /(?![\t\n\r])\p{Cc}/gu

/** One clean line, trimmed; empty where nothing of it would be seen. */
export function cleanLine(text: string): string {
  const clean = text.toWellFormed().replace(breaks, ' ').replace(invisible, '').trim()
  return isVisible(clean) ? clean : ''
}

/** Longer text without control characters. */
export const cleanText = (text: string): string => text.toWellFormed().replace(controls, '')

/** Whether there is anything to see: joiners and marks of direction alone are nothing. */
const isVisible = (text: string): boolean => /[^\s\p{Cf}\u115f\u1160\u3164\uffa0]/u.test(text)

/**
 * A web address with its scheme, `https://` where it has none; undefined for what is no address of
 * the web, as scripts and data are.
 */
export function webAddress(text: string): string | undefined {
  const line = cleanLine(text)
  if (/[\s<>"\\^`{|}]/.test(line)) return undefined
  const scheme = /^([a-z][a-z\d+.-]*):(?!\d+(?:[/?#]|$))/i.exec(line)?.[1]
  if (scheme !== undefined && !/^https?$/i.test(scheme)) return undefined
  const whole = scheme ? line : `https://${line.replace(/^\/\//, '')}`
  if (!/^https?:\/\/[^/?#]/i.test(whole) || !URL.canParse(whole)) return undefined
  const { hostname, username, password } = new URL(whole)
  // A name before an @ only makes one address look like another.
  if (username || password || !/[^.]\.[^.]|^localhost$|^\[/.test(hostname)) return undefined
  return whole
}

/** Whether text would be run or opened as something else than a page, were it a link. */
export const isOtherScheme = (text: string): boolean =>
  /^[a-z][a-z\d+.-]*:/i.test(cleanLine(text).replace(/\s/g, '')) && webAddress(text) === undefined
