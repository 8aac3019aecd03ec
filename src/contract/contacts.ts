/** Contacts: the people at companies. */
import * as z from 'zod'
import { recordProcedures } from './base'
import {
  CustomValues,
  Email,
  Id,
  Instant,
  ListInput,
  LongText,
  line,
  Reference,
  Tags,
} from './shapes'

const fields = {
  firstName: z.string().trim().max(120).nullable(),
  lastName: z.string().trim().max(120).nullable(),
  email: Email.nullable(),
  phone: z.string().trim().max(60).nullable(),
  mobile: z.string().trim().max(60).nullable(),
  jobTitle: z.string().trim().max(160).nullable(),
  linkedin: z.string().trim().max(500).nullable(),
  timezone: z.string().trim().max(60).nullable(),
  description: LongText.nullable(),
  companyId: Id.nullable(),
  ownerId: Id.nullable(),
  tags: Tags,
  custom: CustomValues,
  externalId: z.string().trim().max(255).nullable(),
}
const { companyId: _company, ownerId: _owner, ...plain } = fields

export const Contact = z.object({
  id: Id,
  /** First and last name, else the e-mail address. */
  name: line(),
  ...plain,
  company: Reference.nullable(),
  owner: Reference.nullable(),
  /** Whether the address is on the list of those that are not written to. */
  optedOut: z.boolean(),
  lastActivityAt: Instant.nullable(),
  createdAt: Instant,
  updatedAt: Instant,
  deletedAt: Instant.nullable(),
})
export type Contact = z.infer<typeof Contact>
export const ContactUpdate = z.object(fields).partial()
export const ContactCreate = ContactUpdate.refine(
  (contact) => Boolean(contact.firstName || contact.lastName || contact.email),
  { message: 'give a first name, a last name or an e-mail address', path: ['lastName'] },
)

export const contacts = recordProcedures('/contacts', 'Contacts', {
  shape: Contact,
  create: ContactCreate,
  update: ContactUpdate,
  list: ListInput.extend({ companyId: Id.optional() }),
})
