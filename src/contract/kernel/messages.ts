/** What is said of a wrong value, in words that read after the name of its field. */
import * as z from 'zod'

const types: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  file: 'a file',
}

/** Messages written at a shape go first; zod's own come where this answers nothing. */
z.config({
  customError: (issue) => {
    switch (issue.code) {
      case 'invalid_type':
        if (issue.input === undefined) return 'is required'
        return types[issue.expected] && `must be ${types[issue.expected]}`
      case 'invalid_value':
        return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.join(', ')}`
      case 'too_small':
        return `must ${sizeOf(issue.origin, 'at least', issue.minimum)}`
      case 'too_big':
        return `must ${sizeOf(issue.origin, 'at most', issue.maximum)}`
      case 'unrecognized_keys':
        return `has no ${issue.keys.join(', ')}`
      default:
        return undefined
    }
  },
})

function sizeOf(origin: string, bound: string, limit: number | bigint): string {
  if (origin === 'string') return `have ${bound} ${limit} characters`
  if (origin === 'array') return `have ${bound} ${limit} entries`
  if (origin === 'file') return `have ${bound} ${limit} bytes`
  return `be ${bound} ${limit}`
}
