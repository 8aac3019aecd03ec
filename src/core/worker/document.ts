/** The HTTP API described for programs: an OpenAPI document made from the contract. */
import { OpenAPIGenerator } from '@orpc/openapi'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import type { Contract } from '../../contract'

/** Resolves to the document as JSON text. */
export async function describeApi(contract: Contract, version: string): Promise<string> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })
  const document = await generator.generate(contract, {
    info: {
      title: 'Rapport',
      version,
      description:
        'Everything the program can do, for other programs. Send `Authorization: Bearer TOKEN`. ' +
        'Lists answer `{ items, nextCursor, total }` and take `limit` and `cursor`. ' +
        'A refusal is `{ code, message, issues?: [{ path, message }] }` with status 400 (invalid), ' +
        '401, 403, 404, 409, 413, or 429 with Retry-After: 100 requests a minute are allowed.',
    },
    servers: [{ url: '/api' }],
    security: [{ token: [] }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  })
  return JSON.stringify(document)
}
