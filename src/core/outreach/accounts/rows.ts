/** E-mail accounts as rows. */
import type { RowOf } from '../../kernel/database/rows'
import type { mailAccount } from './table'

export type MailAccountRow = RowOf<typeof mailAccount>
/** With its owner, and how much it has sent. */
export type ShownAccountRow = MailAccountRow & {
  user_name: string | null
  last_hour: number
  last_day: number
}
