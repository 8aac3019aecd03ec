/** Companies: the organisations leads are won from. */
import * as z from 'zod'
import { recordProcedures } from './base'
import { CustomValues, Id, Instant, ListInput, LongText, line, Reference, Tags } from './shapes'

const fields = {
  name: line(),
  domain: z.string().trim().max(253).nullable(),
  website: z.string().trim().max(500).nullable(),
  industry: z.string().trim().max(120).nullable(),
  employees: z.number().int().min(0).max(100_000_000).nullable(),
  phone: z.string().trim().max(60).nullable(),
  address: z.string().trim().max(500).nullable(),
  city: z.string().trim().max(120).nullable(),
  country: z.string().trim().max(120).nullable(),
  description: LongText.nullable(),
  parentId: Id.nullable(),
  ownerId: Id.nullable(),
  tags: Tags,
  custom: CustomValues,
  externalId: z.string().trim().max(255).nullable(),
}
const { parentId: _parent, ownerId: _owner, ...plain } = fields

export const Company = z.object({
  id: Id,
  ...plain,
  parent: Reference.nullable(),
  owner: Reference.nullable(),
  openLeads: z.number().int(),
  lastActivityAt: Instant.nullable(),
  createdAt: Instant,
  updatedAt: Instant,
  deletedAt: Instant.nullable(),
})
export type Company = z.infer<typeof Company>
export const CompanyUpdate = z.object(fields).partial()
export const CompanyCreate = CompanyUpdate.required({ name: true })

export const companies = recordProcedures('/companies', 'Companies', {
  shape: Company,
  create: CompanyCreate,
  update: CompanyUpdate,
  list: ListInput,
})
