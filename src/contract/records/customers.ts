/** Customers: what leads become when they are won over. */
import * as z from 'zod'
import { recordProcedures } from '../kernel/base'
import { CustomValues } from '../kernel/custom-fields'
import {
  EnteredDate,
  Id,
  Instant,
  ListInput,
  LongText,
  line,
  lineOrEmpty,
  MoveOpenWork,
  Reference,
  Sum,
  Tags,
} from '../kernel/shapes'
import { customerStatuses } from '../kernel/words'

const fields = {
  name: line(),
  companyId: Id.nullable(),
  contactId: Id.nullable(),
  ownerId: Id.nullable(),
  status: z.enum(customerStatuses),
  since: EnteredDate.nullable(),
  description: LongText.nullable(),
  tags: Tags,
  custom: CustomValues,
  externalId: lineOrEmpty(255).nullable(),
}
const { companyId: _company, contactId: _contact, ownerId: _owner, ...plain } = fields

export const Customer = z.object({
  id: Id,
  ...plain,
  company: Reference.nullable(),
  contact: Reference.nullable(),
  owner: Reference.nullable(),
  /** Value of the won leads converted into this customer, one sum per currency. */
  wonValue: z.array(Sum),
  lastActivityAt: Instant.nullable(),
  createdAt: Instant,
  updatedAt: Instant,
  deletedAt: Instant.nullable(),
})
export type Customer = z.infer<typeof Customer>
export const CustomerUpdate = z.object(fields).partial()
export const CustomerCreate = CustomerUpdate.required({ name: true })

export const customers = recordProcedures('/customers', 'Customers', {
  shape: Customer,
  create: CustomerCreate,
  update: CustomerUpdate.extend({ moveOpenWork: MoveOpenWork }),
  list: ListInput.extend({ companyId: Id.optional() }),
})
