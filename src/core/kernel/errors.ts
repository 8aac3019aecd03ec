/** The domain errors, one list for every area; each door shows them in its own way. */
import { ORPCError } from '@orpc/server'

export interface Issue {
  /** Dotted name of the field, as in the request. */
  path: string
  message: string
}

/** 400: a value breaks a rule; `path` names the field. */
export const invalid = (path: string, message: string) => invalidIssues([{ path, message }])

export const invalidIssues = (issues: Issue[]) =>
  new ORPCError('invalid', {
    status: 400,
    message: issues.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; '),
    data: { issues },
  })

export const notFound = (what: string) =>
  new ORPCError('not_found', { status: 404, message: `This ${what} does not exist (any more).` })

export const forbidden = (
  message = 'Your role does not allow this.',
  data: Record<string, unknown> = {},
) => new ORPCError('forbidden', { status: 403, message, data })

/** 409: the state of things does not allow it; the message says what to do instead. */
export const conflict = (
  message: string,
  data: Record<string, unknown> = {},
  code: 'conflict' | 'clash' = 'conflict',
) => new ORPCError(code, { status: 409, message, data })

/** 503: the database is damaged or being replaced. */
export const unavailable = (message: string) =>
  new ORPCError('unavailable', { status: 503, message })

export const unsupportedFile = (message: string) =>
  new ORPCError('invalid', { status: 400, message, data: { issues: [{ path: 'file', message }] } })
