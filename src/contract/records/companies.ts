/** Companies: the organisations leads are won from. */
import * as z from 'zod'
import { recordProcedures } from '../kernel/base'
import { CustomValues } from '../kernel/custom-fields'
import { enteredShape, neededFields, shownShape } from '../kernel/field-shapes'
import { Id, Instant, ListInput, MoveOpenWork, PhoneNumber } from '../kernel/shapes'
import { companyFields } from './company-fields'

export const Company = z.object({
  id: Id,
  ...shownShape(companyFields),
  custom: CustomValues,
  phoneNumber: PhoneNumber,
  openLeads: z.number().int(),
  lastActivityAt: Instant.nullable(),
  deletedAt: Instant.nullable(),
})
export type Company = z.infer<typeof Company>
export const CompanyUpdate = z
  .object({ ...enteredShape(companyFields), custom: CustomValues })
  .partial()
export const CompanyCreate = CompanyUpdate.required(neededFields(companyFields))

export const companies = recordProcedures('/companies', 'Companies', {
  shape: Company,
  create: CompanyCreate,
  update: CompanyUpdate.extend({ moveOpenWork: MoveOpenWork }),
  list: ListInput,
})
