/** What a file of users may hold. */
import type { roles } from '../../../../contract/kernel/words'
import { createdAt, externalId, idOf, own } from './common-fields'
import { fieldsOf, type ValuesOf, words } from './field'

export const userFields = fieldsOf([
  {
    name: 'name',
    label: 'Name',
    type: 'line',
    required: true,
    key: true,
    weight: 2,
    synonyms: words(
      `name | full name | user | user name | username | sales agent | agent | sales rep | sales representative | salesperson |
       sales person | rep | employee | employee name | member | team member | benutzer | mitarbeiter`,
    ),
  },
  {
    name: 'email',
    label: 'E-mail',
    type: 'email',
    key: true,
    synonyms: words('email | e mail | mail | email address | e mail address | login'),
  },
  {
    name: 'role',
    label: 'Role',
    type: 'choice',
    weight: 2,
    choices: {
      admin: words('admin | administrator | owner'),
      manager: words('manager | dispatcher | team lead | sales manager | supervisor'),
      rep: words(
        'rep | sales | sales rep | agent | sales agent | user | member | bd | standard user',
      ),
    } satisfies Record<(typeof roles)[number], readonly string[]>,
    synonyms: words('role | user role | profile | permission set | rolle'),
  },
  {
    name: 'team',
    label: 'Team',
    type: 'line',
    weight: 4,
    hint: 'Name of a team; one that does not exist yet is created.',
    synonyms: words(
      'team | team name | sales team | regional office | region | office | department | group | territory | abteilung | gruppe',
    ),
  },
  {
    name: 'manager',
    label: 'Manager',
    type: 'line',
    weight: 4,
    hint: 'Name of a user; one that does not exist yet is created as a manager.',
    synonyms: words(
      'manager | manager name | reports to | supervisor | team lead | sales manager | boss | vorgesetzter',
    ),
  },
  idOf('managerId', 'Manager ID'),
  {
    name: 'active',
    label: 'Active',
    type: 'boolean',
    weight: 2,
    synonyms: words('active | is active | enabled | user status'),
  },
  {
    name: 'timezone',
    label: 'Time zone',
    type: 'zone',
    synonyms: words('timezone | time zone | zeitzone'),
  },
  {
    name: 'signature',
    label: 'Signature',
    type: 'text',
    maxLength: 100_000,
    synonyms: words('email signature | e mail signature'),
  },
  createdAt(''),
  externalId('id | record id | user id | agent id | employee id | hs object id'),
  own,
])

export type UserValues = ValuesOf<typeof userFields>
