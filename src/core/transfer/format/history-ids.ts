/**
 * What entries of the system say has changed they name by ids, and conversion rates count by those of stages.
 * Stages have other ids in another database: files name them by pipeline and stage. So has whoever began it.
 */

const between = ' › '
type Metadata = Record<string, unknown>

function mapped(
  metadata: Metadata,
  to: ((value: string) => string | undefined) | undefined,
): Metadata {
  if (!to) return metadata
  const changed = { ...metadata }
  for (const field of ['old', 'new']) {
    const value = metadata[field]
    if (typeof value === 'string') changed[field] = to(value) ?? value
  }
  return changed
}

/** As files have it. @param stageName pipeline and stage of a stage's id */
export const withoutOwnIds = (
  type: string,
  metadata: Metadata,
  {
    stageName,
    userId,
  }: {
    stageName(id: string): { pipeline: string; stage: string } | undefined
    userId(id: string): string
  },
): Metadata =>
  mapped(
    metadata,
    {
      stage_changed: (id: string) => {
        const names = stageName(id)
        return names && names.pipeline + between + names.stage
      },
      assignment_changed: userId,
    }[type],
  )

/** As it is stored here. */
export const withOwnIds = (
  type: string | undefined,
  metadata: Metadata,
  {
    stageAt,
    userOf,
  }: {
    stageAt(pipeline: string, stage: string): string | undefined
    userOf(id: string): string | undefined
  },
): Metadata =>
  mapped(
    metadata,
    {
      stage_changed: (text: string) => {
        const parts = text.split(between)
        // Either name may have the sign in it.
        for (let at = 1; at < parts.length; at++) {
          const id = stageAt(parts.slice(0, at).join(between), parts.slice(at).join(between))
          if (id !== undefined) return id
        }
        return undefined
      },
      assignment_changed: userOf,
    }[type ?? ''],
  )
