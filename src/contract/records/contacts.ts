/** Contacts: the people at companies. */
import * as z from 'zod'
import { recordProcedures } from '../kernel/base'
import { CustomValues } from '../kernel/custom-fields'
import {
  Email,
  Id,
  Instant,
  ListInput,
  LongText,
  line,
  lineOrEmpty,
  MoveOpenWork,
  PhoneNumber,
  Reference,
  Tags,
} from '../kernel/shapes'
import { isOtherScheme } from '../kernel/text'
import { Zone } from '../kernel/zones'

const fields = {
  firstName: lineOrEmpty(120).nullable(),
  lastName: lineOrEmpty(120).nullable(),
  email: Email.nullable(),
  phone: lineOrEmpty(60).nullable(),
  mobile: lineOrEmpty(60).nullable(),
  jobTitle: lineOrEmpty(160).nullable(),
  /** A profile's address, or its name. */
  linkedin: lineOrEmpty(500)
    .refine(
      (text) => !isOtherScheme(text),
      'must be a web address like https://www.linkedin.com/in/riley',
    )
    .nullable(),
  timezone: Zone.nullable(),
  description: LongText.nullable(),
  companyId: Id.nullable(),
  ownerId: Id.nullable(),
  tags: Tags,
  custom: CustomValues,
  externalId: lineOrEmpty(255).nullable(),
}
const { companyId: _company, ownerId: _owner, ...plain } = fields

export const Contact = z.object({
  id: Id,
  /** First and last name, else the e-mail address. */
  name: line(),
  ...plain,
  /** What was stored of old may not be what is asked for today. */
  linkedin: z.string().nullable(),
  phoneNumber: PhoneNumber,
  mobileNumber: PhoneNumber,
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
  update: ContactUpdate.extend({ moveOpenWork: MoveOpenWork }),
  list: ListInput.extend({ companyId: Id.optional() }),
})
