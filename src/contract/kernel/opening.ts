/** What a host says while its core opens the database and cannot answer yet. */

/** What takes long before a database is open: reading all of it, and a backup before it changes for a new version. */
export const openingSteps = ['checking', 'backing_up', 'updating'] as const
export type OpeningStep = (typeof openingSteps)[number]

/** The answer of a host: null where nothing takes long, or the database is open. */
export interface Opening {
  step: OpeningStep | null
}
