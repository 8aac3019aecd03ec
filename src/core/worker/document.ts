/** The HTTP API described for programs: an OpenAPI document made from the contract. */
import { OpenAPIGenerator } from '@orpc/openapi'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import type { Contract } from '../../contract'
import { Condition } from '../../contract/kernel/conditions'
import { Company } from '../../contract/records/companies'
import { Contact } from '../../contract/records/contacts'
import { Customer } from '../../contract/records/customers'
import { Lead } from '../../contract/records/leads'
import { Quote } from '../../contract/records/quotes'
import { Team, User } from '../../contract/records/users'
import { Activity } from '../../contract/timeline/activities'
import { Import } from '../../contract/transfer/import'

/** Shapes that the document names once and refers to. */
const answered = { Activity, Company, Contact, Customer, Import, Lead, Quote, Team, User }

/** Resolves to the document as JSON text. */
export async function describeApi(contract: Contract, version: string): Promise<string> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })
  const named = Object.entries(answered).map(
    ([name, schema]) => [name, { schema, strategy: 'output' as const }] as const,
  )
  const document = await generator.generate(contract, {
    commonSchemas: { ...Object.fromEntries(named), Condition: { schema: Condition } },
    info: {
      title: 'Rapport',
      version,
      description:
        'Everything the program can do, for other programs. Send `Authorization: Bearer TOKEN`. ' +
        'Lists answer `{ items, nextCursor, total }` and take `limit` and `cursor`. ' +
        'A refusal is `{ code, message, issues?: [{ path, message }] }` with status 400 (invalid), ' +
        '401, 403, 404, 409, 413, or 429 with Retry-After: 100 requests a minute are allowed. ' +
        '503 says that the database is being restarted or replaced: try again; 507 that the disk is ' +
        'full or read-only. ' +
        'Updates take `basedOn`, what the edited fields were when the edit began: where somebody ' +
        'else has changed one since, the answer is 409 with code `clash` and `clashes: [{ field, ' +
        'label, basedOn, current, yours, names, by, at }]`, and nothing is saved.',
    },
    servers: [{ url: '/api' }],
    security: [{ token: [] }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  })
  return JSON.stringify(document)
}
