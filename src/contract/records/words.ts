/** The fixed vocabularies of records: states of leads, quotes and customers. */

export const leadStatuses = ['open', 'won', 'lost'] as const
export type LeadStatus = (typeof leadStatuses)[number]

export const stageKinds = leadStatuses
export type StageKind = LeadStatus

export const quoteStatuses = ['draft', 'sent', 'accepted', 'declined'] as const
export type QuoteStatus = (typeof quoteStatuses)[number]

export const customerStatuses = ['active', 'inactive'] as const

/** What a lead's open next step says about it on the board. */
export const stepSignals = ['overdue', 'today', 'planned', 'none'] as const
export type StepSignal = (typeof stepSignals)[number]
