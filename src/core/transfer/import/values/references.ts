/** What a cell that refers to another record looks like: an id, an address, a name with an address, or a list. */
import { asciiAddress, asciiDomain } from '../../../../contract/kernel/addresses'
import { isUuid } from '../../format/uuid'

const email = /^[^\s@()<>;,]+@[^\s@()<>;,]+\.[^\s@()<>;,]+$/
const domain =
  /^(https?:\/\/)?([\p{L}\d]([\p{L}\p{M}\d-]*[\p{L}\p{M}\d])?\.)+(\p{L}[\p{L}\p{M}]+|xn--[a-z\d-]+)\/?$/iu

export const isEmail = (value: string): boolean => email.test(value)

/** Ids of other programs, from which no record can be made: 4711, C052, UUIDs, those of Salesforce. */
export const isIdOf = (value: string): boolean => {
  const id = value.trim()
  if (!/\p{L}/u.test(id)) return true
  if (/\s/.test(id)) return false
  return (
    isUuid(id) ||
    /^[a-z]{1,6}[-_#]?(0\d+|\d{3,})$/i.test(id) ||
    /^([A-Z]{2,6}[-_#]|[a-z]{2,6}[_#])\d+$/.test(id) ||
    /^[0-9a-f]{24}$/i.test(id) ||
    /^(?=(.*\d){4})[a-z\d]{15}([a-z\d]{3})?$/i.test(id)
  )
}

/** An id, or what may be one in a column of ids: C7 is, while O2 in a column of names is a company. */
export const mayBeId = (value: string): boolean =>
  isIdOf(value) || /^[a-z]{1,6}[-_#]?\d+$/i.test(value.trim())

/** “Olga Pires (olga@pires.example)” → the name and what is in parentheses; an address alone has no name. */
export function partsOfReference(value: string): { name: string; address?: string } {
  if (email.test(value) || domain.test(value)) return { name: '', address: asciiAddress(value) }
  const match = /^(.*\S)\s*[(<]([^()<>]+)[)>]$/.exec(value.trim())
  const [, name = '', address = ''] = match ?? []
  return email.test(address) || domain.test(address)
    ? { name, address: asciiAddress(address) }
    : { name: value }
}

/** The domain of an address of either sort, as companies have it. */
export const domainOf = (address: string): string =>
  asciiDomain(
    address
      .replace(/^.*@|^https?:\/\//i, '')
      .replace(/^www\d?\./i, '')
      .replace(/\/$/, '')
      .toLowerCase(),
  )

/** The first of several names in one cell, and what is said about the others. */
export function listOf(value: string): { first: string; remark: string } | undefined {
  const [first, ...others] = value
    .split(/;|:::/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  if (first === undefined || others.length === 0) return undefined
  return {
    first,
    remark: `is linked to “${first}” only, not to ${others.map((one) => `“${one}”`).join(', ')}`,
  }
}
