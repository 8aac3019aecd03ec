/** How much a generated database holds. */

export interface Size {
  leads: number
  companies: number
  contacts: number
  activities: number
  /** Open ones, those of plans among them. */
  reminders: number
  tasks: number
  /** Under way, at most two for each open lead; half as many are over. */
  plans: number
  emails: number
}

export const sizes: Record<'small' | 'full', Size> = {
  small: {
    leads: 10_000,
    companies: 2_000,
    contacts: 5_000,
    activities: 100_000,
    reminders: 10_000,
    tasks: 5_000,
    plans: 2_000,
    emails: 500,
  },
  full: {
    leads: 100_000,
    companies: 20_000,
    contacts: 50_000,
    activities: 1_000_000,
    reminders: 100_000,
    tasks: 50_000,
    plans: 20_000,
    emails: 5_000,
  },
}
export type SizeName = keyof typeof sizes
