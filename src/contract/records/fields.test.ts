import { expect, test } from 'vitest'
import type * as z from 'zod'
import type { FieldDefinitions } from '../kernel/fields'
import { CompanyCreate } from './companies'
import { companyFields } from './company-fields'
import { contactFields } from './contact-fields'
import { ContactCreate } from './contacts'
import { customerFields } from './customer-fields'
import { CustomerCreate } from './customers'
import { leadFields } from './lead-fields'
import { LeadCreate } from './leads'
import { quoteFields } from './quote-fields'
import { QuoteCreate } from './quotes'

const records: Record<string, [FieldDefinitions, z.ZodObject]> = {
  lead: [leadFields, LeadCreate],
  company: [companyFields, CompanyCreate],
  contact: [contactFields, ContactCreate],
  customer: [customerFields, CustomerCreate],
  quote: [quoteFields, QuoteCreate],
}

test.each(Object.keys(records))(
  'a %s is made with the fields that are told, and no others',
  (kind) => {
    const [fields, create] = records[kind] ?? []
    for (const [name, { derived, required }] of Object.entries(fields ?? {})) {
      const shape = create?.shape[name] ?? create?.shape[`${name}Id`]
      expect(shape === undefined, `${name} is derived`).toBe(derived === true)
      if (shape)
        expect(!shape.safeParse(undefined).success, `${name} is required`).toBe(required === true)
    }
  },
)
