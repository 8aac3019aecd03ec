import { expect, test } from 'vitest'
import type * as z from 'zod'
import { taskFields } from './agenda/task-fields'
import { TaskCreate } from './agenda/tasks'
import type { FieldDefinitions } from './kernel/fields'
import { CompanyCreate } from './records/companies'
import { companyFields } from './records/company-fields'
import { contactFields } from './records/contact-fields'
import { ContactCreate } from './records/contacts'
import { customerFields } from './records/customer-fields'
import { CustomerCreate } from './records/customers'
import { leadFields } from './records/lead-fields'
import { LeadCreate } from './records/leads'
import { quoteFields } from './records/quote-fields'
import { QuoteCreate } from './records/quotes'
import { ActivityCreate } from './timeline/activities'
import { activityFields } from './timeline/activity-fields'

const records: Record<string, [FieldDefinitions, z.ZodObject]> = {
  lead: [leadFields, LeadCreate],
  company: [companyFields, CompanyCreate],
  contact: [contactFields, ContactCreate],
  customer: [customerFields, CustomerCreate],
  quote: [quoteFields, QuoteCreate],
  activity: [activityFields, ActivityCreate],
  task: [taskFields, TaskCreate],
}

test.each(Object.keys(records))(
  'of the fields of a %s, the doors take those that are not read only, and need those that are required and have no default',
  (kind) => {
    const [fields, create] = records[kind] ?? []
    for (const [name, field] of Object.entries(fields ?? {})) {
      const shape = create?.shape[name] ?? create?.shape[`${name}Id`]
      expect(shape === undefined, `${name} is readonly`).toBe(field.readonly === true)
      if (shape)
        expect(!shape.safeParse(undefined).success, `${name} is needed`).toBe(
          field.required === true && field.default !== true,
        )
    }
  },
)
