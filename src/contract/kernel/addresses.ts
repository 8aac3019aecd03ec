/**
 * E-mail addresses and domains with letters beyond ASCII: mail servers and certificates know them by their
 * ASCII form (`xn--…`), so that form is what is kept and compared.
 */
import { cleanLine } from './text'

const letters = /^[\p{L}\p{M}\p{N}\-.\u3002\uff0e\uff61\u00b7\u200c\u200d]+$/u

/** A domain in its ASCII form, in lower case; as it is where it has none. */
export function asciiDomain(domain: string): string {
  // Percent signs, ports and numbers would be read as parts of a web address.
  if (!letters.test(domain) || /(^|\.)-|-(\.|$)/.test(domain)) return domain
  if (isAscii(domain)) return domain.toLowerCase()
  try {
    return new URL(`http://${domain}`).hostname
  } catch {
    return domain
  }
}

/** An address whose domain is in ASCII; one that is in ASCII already stays as it was typed. */
export function asciiAddress(text: string): string {
  const address = cleanLine(text)
  const at = address.lastIndexOf('@')
  const domain = address.slice(at + 1)
  return at < 0 || isAscii(domain) ? address : address.slice(0, at + 1) + asciiDomain(domain)
}

/** The same for a part of an address, as filters look for: `@münchen.example`, or a domain alone. */
export const asciiAddressPart = (text: string): string =>
  text.includes('@') ? asciiAddress(text) : isAscii(text) ? text : asciiDomain(text)

export const isAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text)

/** What follows the @ may end in a top domain with letters beyond ASCII, too. */
export const emailPattern =
  /^(?!\.)(?!.*\.\.)[A-Za-z0-9_'+\-.]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+(?:[A-Za-z]{2,63}|xn--[A-Za-z0-9-]*[A-Za-z0-9])$/i
