/** Fields that several kinds of records have. */
import type { priorities } from '../../../../contract/kernel/words'
import { words } from './field'

/** The column by which a file shows that Rapport wrote it. */
export const ownIdLabel = 'Rapport ID'
export const own = {
  name: 'id',
  label: ownIdLabel,
  type: 'line',
  key: true,
  hint: 'As Rapport exports it: recognises the record whatever its name is now.',
  synonyms: [],
} as const
export const externalId = (synonyms: string) =>
  ({
    name: 'externalId',
    label: 'External ID',
    type: 'line',
    key: true,
    hint: 'The id of the record in the program it comes from. A later import finds it again by this.',
    synonyms: words(`external id | external key | externalid | ${synonyms}`),
  }) as const
export const owner = (synonyms: string) =>
  ({
    name: 'owner',
    label: 'Owner',
    type: 'line',
    hint: 'Name or e-mail address of a user.',
    synonyms: words(
      `owner | owner name | record owner | assigned to | assigned user | assignee | account manager | account executive |
       sales agent | sales rep | sales representative | sales person | salesperson | rep | agent | bd | bd in charge |
       responsible | responsible user | responsible person | owner email | verantwortlich | besitzer | zustandig |
       commercial | propietario | ${synonyms}`,
    ),
  }) as const
/** A column with ids of what another column names. */
export const idOf = <const Name extends string>(name: Name, label: string) =>
  ({
    name,
    label,
    type: 'line',
    isOwnOnly: true,
    hint: 'As Rapport exports it, or the external ID: decides where several have the same name.',
    synonyms: [],
  }) as const
export const tags = {
  name: 'tags',
  label: 'Tags',
  type: 'tags',
  hint: 'Separated by commas or semicolons; one that has such a sign in it, in quotes.',
  synonyms: words(
    'tag | tags | labels | label | keywords | group membership | categories | schlagworte | etiquettes | etiquetas',
  ),
} as const
export const description = (synonyms: string) =>
  ({
    name: 'description',
    label: 'Description',
    type: 'text',
    maxLength: 100_000,
    synonyms: words(
      `description | notes | note | comments | comment | remarks | details | about | about us | beschreibung | notiz |
       notizen | bemerkung | ${synonyms}`,
    ),
  }) as const
export const createdAt = (synonyms: string) =>
  ({
    name: 'createdAt',
    label: 'Created at',
    type: 'instant',
    synonyms: words(
      `created | created at | create date | created date | created time | created on | creation date | date created |
       date added | added on | add time | date entered | angelegt am | erstellt am | date de creation | ${synonyms}`,
    ),
  }) as const
export const company = (synonyms: string) =>
  ({
    name: 'company',
    label: 'Company',
    type: 'line',
    hint: 'Name of a company.',
    synonyms: words(
      `company | company name | companyname | account | account name | organization | organisation | organization name |
       organisation name | org | org name | business | business name | employer | client | client name | firm | firma |
       unternehmen | kunde | entreprise | societe | empresa | azienda | associated company | primary company | ${synonyms}`,
    ),
  }) as const

export const priority = {
  name: 'priority',
  label: 'Priority',
  type: 'choice',
  choices: {
    low: words('low | lowest | niedrig | 4 | cold'),
    medium: words('medium | normal | mid | moderate | mittel | 3 | warm'),
    high: words('high | hoch | important | 2 | hot'),
    urgent: words('urgent | highest | critical | dringend | asap | 1'),
  } satisfies Record<(typeof priorities)[number], readonly string[]>,
  synonyms: words('priority | deal priority | lead priority | task priority | rating | prioritat'),
} as const
/** A person other than the one whose record it is. */
export const person = <const Name extends string>(name: Name, label: string, synonyms = '') =>
  ({
    name,
    label,
    type: 'line',
    hint: 'Name or e-mail address of a user.',
    synonyms: words(synonyms),
  }) as const
/** What a task or quote is about. */
export const about = <const Name extends string>(name: Name, label: string, synonyms: string) =>
  ({
    name,
    label,
    type: 'line',
    hint: `External ID or name of a ${name}.`,
    synonyms: words(synonyms),
  }) as const
export const leadAbout = about(
  'lead',
  'Lead',
  'lead name | lead title | deal | deal name | deal title | opportunity | opportunity name | related to | regarding',
)
export const contactAbout = about(
  'contact',
  'Contact',
  'contact name | contact email | contact person | person | person name | who',
)
