/** What each role may do, in words. */
import type { Role } from '../../../../contract/kernel/words'

export const roleTexts: Readonly<Record<Role, { label: string; text: string }>> = {
  admin: {
    label: 'Admin',
    text: 'Everything: also users, tokens, backups and restoring.',
  },
  manager: {
    label: 'Manager',
    text: 'Sees and changes every record; sets up pipelines, activity types and fields.',
  },
  rep: {
    label: 'Rep',
    text: 'Works on own leads, customers and tasks. Companies and contacts are shared unless the workspace settings say otherwise; only their owner gives them away or deletes them.',
  },
}
