/** Binds the contract of amounts to be judged. */
import { bind } from '../../kernel/procedures'
import type { Amounts } from './amounts'

export const amountProcedures = (amounts: () => Amounts) => ({
  unclear: bind.amounts.unclear.handler(({ context }) => amounts().unclear(context.actor)),
  settle: bind.amounts.settle.handler(({ input, context }) =>
    amounts().settle(context.actor, input),
  ),
})
