/** Companies: the organisations leads are won from. */
import * as z from 'zod'
import { recordProcedures } from '../kernel/base'
import { CustomValues } from '../kernel/custom-fields'
import {
  Id,
  Instant,
  Lines,
  ListInput,
  LongText,
  line,
  lineOrEmpty,
  MoveOpenWork,
  PhoneNumber,
  Reference,
  Tags,
  WebAddress,
} from '../kernel/shapes'

const fields = {
  name: line(),
  domain: lineOrEmpty(253).nullable(),
  website: WebAddress.nullable(),
  industry: lineOrEmpty(120).nullable(),
  employees: z.number().int().min(0).max(100_000_000).nullable(),
  phone: lineOrEmpty(60).nullable(),
  address: Lines(500).nullable(),
  city: lineOrEmpty(120).nullable(),
  country: lineOrEmpty(120).nullable(),
  description: LongText.nullable(),
  parentId: Id.nullable(),
  ownerId: Id.nullable(),
  tags: Tags,
  custom: CustomValues,
  externalId: lineOrEmpty(255).nullable(),
}
const { parentId: _parent, ownerId: _owner, ...plain } = fields

export const Company = z.object({
  id: Id,
  ...plain,
  /** Addresses of old may lack what is asked of them today. */
  website: z.string().nullable(),
  phoneNumber: PhoneNumber,
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
  update: CompanyUpdate.extend({ moveOpenWork: MoveOpenWork }),
  list: ListInput,
})
