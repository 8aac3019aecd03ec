/** What can be created from anywhere, and what its dialog is given. */

/** Kinds that can be created from anywhere; each area brings the dialog of its kind. */
export type CreatableKind =
  | 'lead'
  | 'company'
  | 'contact'
  | 'customer'
  | 'quote'
  | 'activity'
  | 'task'
  | 'reminder'
  /** A task or reminder written in one line. */
  | 'entry'

export interface CreateDialogProps {
  /** Values to begin with, e.g. `{ companyId }`; what is not known to the form is ignored. */
  initial: Record<string, unknown>
  onClose(): void
  /** Called with the new record instead of going to its page. */
  onCreated?: ((record: { id: string; name: string }) => void) | undefined
}
