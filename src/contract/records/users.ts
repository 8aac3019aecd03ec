/** Users and teams: who works with this database, in which role. */
import * as z from 'zod'
import { may, recordProcedures } from '../kernel/base'
import { editOf } from '../kernel/based-on'
import {
  ById,
  Email,
  Id,
  Instant,
  ListInput,
  LongText,
  line,
  lineOrEmpty,
  Reference,
} from '../kernel/shapes'
import { roles } from '../kernel/words'
import { Zone } from '../kernel/zones'

const userFields = {
  name: line(),
  email: Email.nullable(),
  role: z.enum(roles),
  teamId: Id.nullable(),
  managerId: Id.nullable(),
  active: z.boolean(),
  timezone: Zone.nullable(),
  signature: LongText.nullable(),
  externalId: lineOrEmpty(255).nullable(),
}
const { teamId: _team, managerId: _manager, ...userPlain } = userFields
export const User = z.object({
  id: Id,
  ...userPlain,
  team: Reference.nullable(),
  manager: Reference.nullable(),
  openLeads: z.number().int(),
  createdAt: Instant,
  updatedAt: Instant,
  deletedAt: Instant.nullable(),
})
export type User = z.infer<typeof User>
const UserUpdate = z.object(userFields).partial()
const HandTo = Id.optional().describe(
  'Who gets what is open and theirs when they are deactivated or deleted: leads, tasks, reminders, planned activities and plans. It stays with them where this is not given.',
)

const teamFields = { name: line(), description: LongText.nullable(), managerId: Id.nullable() }
export const Team = z.object({
  id: Id,
  name: line(),
  description: LongText.nullable(),
  manager: Reference.nullable(),
  members: z.number().int(),
  createdAt: Instant,
  updatedAt: Instant,
  deletedAt: Instant.nullable(),
})
export type Team = z.infer<typeof Team>
const TeamUpdate = z.object(teamFields).partial()

const Token = z.object({
  id: Id,
  name: z.string(),
  createdAt: Instant,
  lastUsedAt: Instant.nullable(),
})

export const users = {
  ...recordProcedures(
    '/users',
    'Users',
    {
      shape: User,
      create: UserUpdate.required({ name: true }),
      update: UserUpdate.extend({ handTo: HandTo }),
      list: ListInput,
    },
    'administer',
  ),
  remove: may('administer')
    .route({ method: 'DELETE', path: '/users/{id}', tags: ['Users'] })
    .input(ById.extend({ handTo: HandTo }))
    .output(ById),
  /** How much is open and theirs: what is asked about before they are deactivated or deleted. */
  openWork: may('administer')
    .route({ method: 'GET', path: '/users/{id}/open-work', tags: ['Users'] })
    .input(ById)
    .output(
      z.object({
        leads: z.number().int(),
        tasks: z.number().int(),
        reminders: z.number().int(),
        activities: z.number().int(),
        plans: z.number().int(),
      }),
    ),
  /** Who the caller is, and what it may do. */
  me: may('read')
    .route({ method: 'GET', path: '/users/me', tags: ['Users'] })
    .output(User.extend({ permissions: z.array(z.string()) })),
  /** What everybody may say of themselves. */
  updateMe: may('write')
    .route({ method: 'PATCH', path: '/users/me', tags: ['Users'] })
    .input(editOf(UserUpdate.pick({ name: true, email: true, timezone: true, signature: true })))
    .output(User),
  tokens: may('administer')
    .route({ method: 'GET', path: '/users/{id}/tokens', tags: ['Users'] })
    .input(ById)
    .output(z.array(Token)),
  /** Makes a token for the HTTP API. It is shown this once; only its hash is kept. */
  createToken: may('administer')
    .route({ method: 'POST', path: '/users/{id}/tokens', tags: ['Users'], successStatus: 201 })
    .input(z.object({ id: Id, name: line(80) }))
    .output(Token.extend({ token: z.string() })),
  revokeToken: may('administer')
    .route({ method: 'DELETE', path: '/users/{id}/tokens/{tokenId}', tags: ['Users'] })
    .input(z.object({ id: Id, tokenId: Id }))
    .output(ById),
}
export const teams = recordProcedures(
  '/teams',
  'Users',
  { shape: Team, create: TeamUpdate.required({ name: true }), update: TeamUpdate, list: ListInput },
  'administer',
)
