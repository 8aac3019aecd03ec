/** The records that work may be about. */
import * as z from 'zod'
import { Id, Reference } from './shapes'

/** What a reminder or task may be about. */
export const Links = z.object({
  companyId: Id.nullable(),
  contactId: Id.nullable(),
  leadId: Id.nullable(),
  customerId: Id.nullable(),
})
/** The same as it is shown. */
export const LinkReferences = z.object({
  company: Reference.nullable(),
  contact: Reference.nullable(),
  lead: Reference.nullable(),
  customer: Reference.nullable(),
})
