/** Contacts: the people at companies. */
import * as z from 'zod'
import { recordProcedures } from '../kernel/base'
import { CustomValues } from '../kernel/custom-fields'
import { enteredShape, shownShape } from '../kernel/field-shapes'
import { Id, Instant, ListInput, lineOrEmpty, MoveOpenWork, PhoneNumber } from '../kernel/shapes'
import { isOtherScheme } from '../kernel/text'
import { Zone } from '../kernel/zones'
import { contactFields } from './contact-fields'

const entered = {
  ...enteredShape(contactFields),
  /** A profile's address, or its name. */
  linkedin: lineOrEmpty(500)
    .refine(
      (text) => !isOtherScheme(text),
      'must be a web address like https://www.linkedin.com/in/riley',
    )
    .nullable(),
  timezone: Zone.nullable(),
  custom: CustomValues,
}

export const Contact = z.object({
  id: Id,
  ...shownShape(contactFields),
  timezone: Zone.nullable(),
  custom: CustomValues,
  phoneNumber: PhoneNumber,
  mobileNumber: PhoneNumber,
  /** Whether the address is on the list of those that are not written to. */
  optedOut: z.boolean(),
  lastActivityAt: Instant.nullable(),
  deletedAt: Instant.nullable(),
})
export type Contact = z.infer<typeof Contact>
export const ContactUpdate = z.object(entered).partial()
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
