/** Customers: what leads become when they are won over. */
import * as z from 'zod'
import { recordProcedures } from '../kernel/base'
import { CustomValues } from '../kernel/custom-fields'
import { enteredShape, neededFields, shownShape } from '../kernel/field-shapes'
import { Id, Instant, ListInput, MoveOpenWork, Sum } from '../kernel/shapes'
import { customerFields } from './customer-fields'

export const Customer = z.object({
  id: Id,
  ...shownShape(customerFields),
  custom: CustomValues,
  /** Value of the won leads converted into this customer, one sum per currency. */
  wonValue: z.array(Sum),
  lastActivityAt: Instant.nullable(),
  deletedAt: Instant.nullable(),
})
export type Customer = z.infer<typeof Customer>
export const CustomerUpdate = z
  .object({ ...enteredShape(customerFields), custom: CustomValues })
  .partial()
export const CustomerCreate = CustomerUpdate.required(neededFields(customerFields))

export const customers = recordProcedures('/customers', 'Customers', {
  shape: Customer,
  create: CustomerCreate,
  update: CustomerUpdate.extend({ moveOpenWork: MoveOpenWork }),
  list: ListInput.extend({ companyId: Id.optional() }),
})
