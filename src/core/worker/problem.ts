/** How a refusal looks at the doors: the same issues everywhere, and over HTTP `{ code, message, issues?, clashes? }`. */
import { ORPCError } from '@orpc/server'
import { type Issue, invalidIssues } from '../kernel/errors'

export interface Problem {
  /** From one list, in lower case: `invalid`, `not_found`, `forbidden`, `conflict`, … */
  code: string
  message: string
  /** For wrong input: which field breaks which rule. */
  issues?: Issue[]
  /** For an edit that began from values others have changed since: each field in all its versions. */
  clashes?: unknown[]
}

/** Told of each error nobody foresaw; the client only hears that there was one. */
export type Report = (error: unknown) => void

/** Makes every door refuse in the core's own words, and reports what nobody foresaw. */
export function createRefusing(report: Report, explain: (error: unknown) => unknown) {
  return async <Result>({ next }: { next(): Promise<Result> }): Promise<Result> => {
    try {
      return await next()
    } catch (unexplained) {
      const error = explain(unexplained)
      if (isUnforeseen(error)) report(error)
      throw inOurWords(error)
    }
  }
}

/** An error as the HTTP API shows it. Details of an unforeseen one never leave the core. */
export function problemOf(error: ORPCError<string, unknown>): Problem {
  const { issues, clashes } = (error.data instanceof Object ? error.data : {}) as {
    issues?: unknown
    clashes?: unknown
  }
  return {
    code: codeOf(error),
    message: error.message,
    ...(Array.isArray(issues) && issues.length > 0 && { issues }),
    ...(Array.isArray(clashes) && { clashes }),
  }
}

/** The validator's finding about an input becomes the same error that an area throws. */
function inOurWords(error: unknown): unknown {
  if (!(error instanceof ORPCError) || error.code !== 'BAD_REQUEST') return error
  const found: unknown = error.data?.issues
  if (!Array.isArray(found)) return error
  return invalidIssues(
    found.map((issue: { path?: unknown; message?: unknown }) => ({
      path: dotted(issue.path),
      message: String(issue.message),
    })),
  )
}

/** Paths come in parts: keys, indexes, or `{ key }`. */
function dotted(path: unknown): string {
  if (!Array.isArray(path)) return ''
  return path
    .map((part: unknown) => (part instanceof Object && 'key' in part ? part.key : part))
    .join('.')
}

function codeOf(error: ORPCError<string, unknown>): string {
  if (error.code === 'BAD_REQUEST') return 'invalid'
  if (error.code === 'INTERNAL_SERVER_ERROR') return 'internal'
  return error.code.toLowerCase()
}

function isUnforeseen(error: unknown): boolean {
  if (error instanceof ORPCError) return error.code === 'INTERNAL_SERVER_ERROR'
  return !(error instanceof Error && error.name === 'AbortError')
}
