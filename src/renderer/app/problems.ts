/** What went wrong, in words for people, and beside which field it belongs. */
import { ORPCError } from '@orpc/client'

export interface Issue {
  /** Dotted name of the field, e.g. `value.amount`; empty when the whole input is meant. */
  path: string
  message: string
}

/** The fields a refusal names; empty for any other error. */
export function issuesOf(error: unknown): Issue[] {
  if (!(error instanceof ORPCError)) return []
  const data: unknown = error.data
  if (typeof data !== 'object' || data === null || !('issues' in data)) return []
  if (!Array.isArray(data.issues)) return []
  return data.issues.map((issue: { path?: unknown; message?: unknown }) => ({
    path: dotted(issue.path),
    message: String(issue.message),
  }))
}

/** Issues as a form wants them: first message by field. Unknown fields stay under ''. */
export function fieldErrors(error: unknown, fields: readonly string[]): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const { path, message } of issuesOf(error)) {
    const field = fields.find((name) => path === name || path.startsWith(`${name}.`)) ?? ''
    errors[field] ??= field === '' ? named({ path, message }) : message
  }
  return errors
}

/** One sentence for a toast or an error state. */
export function messageOf(error: unknown): string {
  const issues = issuesOf(error)
  if (issues.length > 0) {
    return issues.map(named).join('; ')
  }
  if (isUnreachable(error)) return 'Rapport’s core does not answer.'
  return error instanceof Error && error.message ? error.message : 'Something went wrong.'
}

/** Messages about custom fields begin with the field's label already. */
const named = ({ path, message }: Issue): string =>
  path && !path.startsWith('custom.') ? `${path}: ${message}` : message

/** No answer at all, as opposed to a refusal. */
export const isUnreachable = (error: unknown) => !(error instanceof ORPCError)

/** No answer, or only the word that there will be one soon: worth another try. */
export const isPassing = (error: unknown) =>
  isUnreachable(error) || (error instanceof ORPCError && error.status === 503)

export const isMissing = (error: unknown) => error instanceof ORPCError && error.status === 404

function dotted(path: unknown): string {
  if (typeof path === 'string') return path
  if (!Array.isArray(path)) return ''
  return path
    .map((part: unknown) =>
      typeof part === 'object' && part !== null && 'key' in part ? String(part.key) : String(part),
    )
    .join('.')
}
