/** Fields that a workspace adds to its records. */
import * as z from 'zod'
import { Id, line } from '../kernel/shapes'
import { customFieldTypes } from '../kernel/words'

export const customFieldTables = ['company', 'contact', 'lead', 'customer'] as const
export const CustomField = z.object({
  id: Id,
  table: z.enum(customFieldTables),
  key: z.string().regex(/^[a-z][a-z0-9_]{0,59}$/, 'must be a lower-case name with underscores'),
  label: line(80),
  type: z.enum(customFieldTypes),
  choices: z.array(line(120)).max(200),
  position: z.number().int(),
})
export type CustomField = z.infer<typeof CustomField>
export const CustomFieldInput = CustomField.omit({ id: true, position: true, key: true })
