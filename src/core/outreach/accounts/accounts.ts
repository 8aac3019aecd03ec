/** E-mail accounts: kept, tried, and what others send by. */
import type { Secrets } from '../../kernel/host/secrets'
import type { Kernel } from '../../kernel/kernel'
import { createDelivery } from './delivery'
import { createPasswords } from './passwords'
import { createAccountReading } from './reading'
import { createAccountWriting } from './writing'

export type { MailAccountRow } from './rows'
export { type Letter, newMessageId } from './transport'
export type Mail = ReturnType<typeof createMail>

export function createMail(kernel: Kernel, { secrets }: { secrets: Secrets }) {
  const passwords = createPasswords(secrets)
  const reading = createAccountReading(kernel, passwords)
  const { requireOwn, ...writing } = createAccountWriting(kernel, { passwords, reading })
  return {
    ...reading,
    ...writing,
    ...createDelivery(kernel.clock, { passwords, requireOwn }),
  }
}
