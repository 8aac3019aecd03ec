/** What a file may hold for each kind of record: its fields, their types, and the names other programs give them. */

import type * as z from 'zod'
import type { CustomField } from '../../contract/settings'
import type { ImportField } from '../../contract/transfer'
import type {
  customerStatuses,
  directions,
  ImportKind,
  leadStatuses,
  priorities,
  quoteStatuses,
  roles,
  taskStatuses,
  taskTypes,
} from '../../contract/words'
import type { MoneyValue } from './csv/parse-values'

/** Field type → what a cell becomes. */
export interface ValueOfType {
  /** One line of text. */
  line: string
  /** Text with line breaks. */
  text: string
  email: string
  phone: string
  website: { url: string; domain: string }
  /** A page about a person, or the name it has there. */
  profile: string
  integer: number
  /** With decimals. */
  number: number
  probability: number
  /** Minor units are those of the currency in the cell, else of the row's. */
  money: MoneyValue
  currency: string
  /** ISO date. */
  date: string
  /** Epoch milliseconds. */
  instant: number
  boolean: boolean
  tags: string[]
  zone: string
  /** One of the field's own words. */
  choice: string
  /** Lower-case name with underscores. */
  word: string
  json: Record<string, unknown>
}
export type FieldType = keyof ValueOfType

export interface FieldDefinition {
  name: string
  label: string
  type: FieldType
  required?: boolean
  /** Takes part in finding duplicates. */
  key?: boolean
  /** The field that a yes or no in this column of dates is the value of. */
  yesNo?: string
  hint?: string
  /** Proposed for files of our own only. */
  isOwnOnly?: true
  /** UTF-16 units; 255 unless told. */
  maxLength?: number
  min?: number
  max?: number
  /** Word → how files spell it, in small letters. */
  choices?: Readonly<Record<string, readonly string[]>>
  /** Names of columns, normalised as by `normaliseName`; the label and name need not be repeated. */
  synonyms: readonly string[]
  /** How much a column of this name says about the kind of the file; 1 unless told. */
  weight?: number
}

/** What a row holds, by field; a blank cell leaves its field out. */
export type ValuesOf<Fields extends readonly FieldDefinition[]> = {
  [F in Fields[number] as F['name']]?: ValueOfType[F['type']]
} & { custom?: Record<string, string | number | boolean> }

const words = (text: string): readonly string[] =>
  text
    .split('|')
    .map((word) => word.trim())
    .filter((word) => word !== '')
const fieldsOf = <const Fields extends readonly FieldDefinition[]>(fields: Fields): Fields => fields

/** The column by which a file shows that Rapport wrote it. */
export const ownIdLabel = 'Rapport ID'
const own = {
  name: 'id',
  label: ownIdLabel,
  type: 'line',
  key: true,
  hint: 'As Rapport exports it: recognises the record whatever its name is now.',
  synonyms: [],
} as const
const externalId = (synonyms: string) =>
  ({
    name: 'externalId',
    label: 'External ID',
    type: 'line',
    key: true,
    hint: 'The id of the record in the program it comes from. A later import finds it again by this.',
    synonyms: words(`external id | external key | externalid | ${synonyms}`),
  }) as const
const owner = (synonyms: string) =>
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
const idOf = <const Name extends string>(name: Name, label: string) =>
  ({
    name,
    label,
    type: 'line',
    isOwnOnly: true,
    hint: 'As Rapport exports it, or the external ID: decides where several have the same name.',
    synonyms: [],
  }) as const
const tags = {
  name: 'tags',
  label: 'Tags',
  type: 'tags',
  hint: 'Separated by commas or semicolons; one that has such a sign in it, in quotes.',
  synonyms: words(
    'tag | tags | labels | label | keywords | group membership | categories | schlagworte | etiquettes | etiquetas',
  ),
} as const
const description = (synonyms: string) =>
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
const createdAt = (synonyms: string) =>
  ({
    name: 'createdAt',
    label: 'Created at',
    type: 'instant',
    synonyms: words(
      `created | created at | create date | created date | created time | created on | creation date | date created |
       date added | added on | add time | date entered | angelegt am | erstellt am | date de creation | ${synonyms}`,
    ),
  }) as const
const company = (synonyms: string) =>
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

const priority = {
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
const person = <const Name extends string>(name: Name, label: string, synonyms = '') =>
  ({
    name,
    label,
    type: 'line',
    hint: 'Name or e-mail address of a user.',
    synonyms: words(synonyms),
  }) as const
/** What a task or quote is about. */
const about = <const Name extends string>(name: Name, label: string, synonyms: string) =>
  ({
    name,
    label,
    type: 'line',
    hint: `External ID or name of a ${name}.`,
    synonyms: words(synonyms),
  }) as const
const leadAbout = about(
  'lead',
  'Lead',
  'lead name | lead title | deal | deal name | deal title | opportunity | opportunity name | related to | regarding',
)
const contactAbout = about(
  'contact',
  'Contact',
  'contact name | contact email | contact person | person | person name | who',
)

export const companyFields = fieldsOf([
  {
    name: 'name',
    label: 'Name',
    type: 'line',
    required: true,
    key: true,
    weight: 2,
    synonyms: words(
      `name | company | company name | companyname | account | account name | organization | organisation |
       organization name | organisation name | org name | business name | firm | firma | firmenname | unternehmen |
       entreprise | societe | raison sociale | empresa | azienda | customer name`,
    ),
  },
  {
    name: 'domain',
    label: 'Domain',
    type: 'website',
    key: true,
    weight: 2,
    synonyms: words('domain | company domain | company domain name | domain name | email domain'),
  },
  {
    name: 'website',
    label: 'Website',
    type: 'website',
    key: true,
    weight: 2,
    synonyms: words(
      'website | website url | web site | company website | url | homepage | web | site | webseite | site web',
    ),
  },
  {
    name: 'industry',
    label: 'Industry',
    type: 'line',
    maxLength: 120,
    weight: 3,
    synonyms: words(
      'industry | sector | branch | vertical | category | branche | secteur | sector industrial',
    ),
  },
  {
    name: 'employees',
    label: 'Employees',
    type: 'integer',
    min: 0,
    max: 100_000_000,
    weight: 3,
    synonyms: words(
      `employees | number of employees | no of employees | employee count | num employees | company size | size | headcount |
       staff | mitarbeiter | effectif`,
    ),
  },
  {
    name: 'phone',
    label: 'Phone',
    type: 'phone',
    synonyms: words(
      'phone | phone number | telephone | tel | main phone | company phone | work phone | telefon | telefono',
    ),
  },
  {
    name: 'address',
    label: 'Address',
    type: 'text',
    maxLength: 500,
    weight: 2,
    synonyms: words(
      `address | street | street address | billing street | billing address | mailing street | address line 1 | strasse |
       adresse | direccion`,
    ),
  },
  {
    name: 'city',
    label: 'City',
    type: 'line',
    maxLength: 120,
    weight: 2,
    synonyms: words(
      'city | town | billing city | mailing city | hq city | ort | stadt | ville | ciudad',
    ),
  },
  {
    name: 'country',
    label: 'Country',
    type: 'line',
    maxLength: 120,
    weight: 2,
    synonyms: words(
      `country | country region | country or region | billing country | mailing country | office location | location |
       headquarters | hq | land | pays | pais`,
    ),
  },
  {
    name: 'parent',
    label: 'Parent company',
    type: 'line',
    weight: 3,
    hint: 'Name of the company it belongs to.',
    synonyms: words(
      `parent | parent company | parent account | parent organization | subsidiary of | belongs to | holding | mother company |
       muttergesellschaft`,
    ),
  },
  idOf('parentId', 'Parent company ID'),
  owner('company owner | account owner | organization owner'),
  idOf('ownerId', 'Owner ID'),
  description(''),
  tags,
  createdAt('account created date | organization created'),
  externalId(
    'id | record id | company id | account id | organization id | organisation id | org id | company uid | hs object id',
  ),
  own,
])

export const contactFields = fieldsOf([
  {
    name: 'firstName',
    label: 'First name',
    type: 'line',
    maxLength: 120,
    key: true,
    weight: 3,
    synonyms: words(
      'first name | firstname | first | given name | forename | vorname | prenom | nombre | nome',
    ),
  },
  {
    name: 'lastName',
    label: 'Last name',
    type: 'line',
    maxLength: 120,
    key: true,
    weight: 3,
    synonyms: words(
      'last name | lastname | last | surname | family name | nachname | familienname | nom | nom de famille | apellido | apellidos | cognome',
    ),
  },
  {
    name: 'fullName',
    label: 'Full name',
    type: 'line',
    key: true,
    hint: 'Taken apart into first and last name where those are missing.',
    synonyms: words(
      `full name | fullname | name | contact | contact name | person | person name | display name | ansprechpartner | kontakt`,
    ),
  },
  {
    name: 'email',
    label: 'E-mail',
    type: 'email',
    key: true,
    weight: 2,
    hint: 'The first address of several columns or of a list; the others are kept in the description.',
    synonyms: words(
      `email | e mail | mail | email address | e mail address | primary email | work email | business email | contact email |
       person email | email work | e mail 1 value | correo | correo electronico | courriel`,
    ),
  },
  {
    name: 'phone',
    label: 'Phone',
    type: 'phone',
    synonyms: words(
      `phone | phone number | telephone | tel | work phone | business phone | office phone | direct phone | phone work |
       person phone | telefon | telefono`,
    ),
  },
  {
    name: 'mobile',
    label: 'Mobile',
    type: 'phone',
    weight: 2,
    synonyms: words(
      'mobile | mobile phone | mobile phone number | mobile number | cell | cell phone | phone mobile | handy | mobil | portable',
    ),
  },
  {
    name: 'jobTitle',
    label: 'Job title',
    type: 'line',
    maxLength: 160,
    weight: 3,
    synonyms: words(
      `job title | jobtitle | title | position | role | function | person title | organization title |
       organization 1 title | funktion | fonction | poste | cargo | puesto | occupation`,
    ),
  },
  company(
    'company id name | organization 1 name | company id | account id | organization id | org id | associated company id',
  ),
  idOf('companyId', 'Company ID'),
  {
    name: 'linkedin',
    label: 'LinkedIn',
    type: 'profile',
    maxLength: 500,
    weight: 2,
    synonyms: words(
      'linkedin | linkedin url | linkedin profile | linkedin bio | person linkedin url',
    ),
  },
  {
    name: 'timezone',
    label: 'Time zone',
    type: 'zone',
    synonyms: words('timezone | time zone | zeitzone'),
  },
  {
    name: 'optedOut',
    label: 'Opted out',
    type: 'choice',
    hint: 'Yes puts the e-mail address on the list of opt-outs; no changes nothing.',
    choices: {
      yes: words(
        'yes | y | true | t | 1 | x | on | ja | oui | si | sim | unsubscribed | opted out | opt out | do not email',
      ),
      no: words('no | n | false | f | 0 | off | nein | non | nao | subscribed | opted in | opt in'),
    },
    synonyms: words(
      `opted out | opt out | optout | email opt out | email opted out | has opted out of email | opted out of email |
       unsubscribed | unsubscribe | is unsubscribed | email unsubscribed | unsubscribed from email |
       unsubscribed from all email | marketing opt out | newsletter opt out | do not email | do not contact | dnc email |
       abgemeldet | desabonne`,
    ),
  },
  owner('contact owner'),
  idOf('ownerId', 'Owner ID'),
  description(''),
  tags,
  createdAt(''),
  externalId('id | record id | contact id | person id | people id | hs object id | contact uid'),
  own,
])

export const leadFields = fieldsOf([
  {
    name: 'title',
    label: 'Title',
    type: 'line',
    required: true,
    key: true,
    hint: 'Several columns are joined: “Acme – GTX Pro”.',
    weight: 2,
    synonyms: words(
      `title | name | deal | deal name | dealname | deal title | lead | lead name | lead title | opportunity |
       opportunity name | opportunity title | subject | topic | project | titel | bezeichnung`,
    ),
  },
  {
    ...company('company id | account id | organization id | org id | associated company ids'),
    key: true,
  },
  idOf('companyId', 'Company ID'),
  {
    name: 'contact',
    label: 'Contact',
    type: 'line',
    hint: 'Name of a person at the company.',
    synonyms: words(
      `contact | contact name | contact person | primary contact | person | contact full name | associated contact |
       ansprechpartner | kontakt | full name | contact id | person id | associated contact ids`,
    ),
  },
  idOf('contactId', 'Contact ID'),
  {
    name: 'contactEmail',
    label: 'Contact e-mail',
    type: 'email',
    synonyms: words(
      'contact email | contact e mail | person email | email | e mail | email address | e mail address',
    ),
  },
  owner('deal owner | opportunity owner | lead owner'),
  idOf('ownerId', 'Owner ID'),
  {
    name: 'stage',
    label: 'Stage',
    type: 'line',
    maxLength: 80,
    weight: 4,
    synonyms: words(
      `stage | deal stage | dealstage | opportunity stage | pipeline stage | stage name | sales stage | lead stage | phase |
       lead status | stufe`,
    ),
  },
  {
    name: 'pipeline',
    label: 'Pipeline',
    type: 'line',
    maxLength: 80,
    weight: 3,
    hint: 'Name of a pipeline that exists.',
    synonyms: words('pipeline | pipeline name | deal pipeline | sales pipeline'),
  },
  {
    name: 'status',
    label: 'Status',
    type: 'choice',
    weight: 2,
    hint: 'Open, won or lost. A won or lost lead goes to that stage whatever its stage says.',
    choices: {
      open: words('open | active | in progress | new | pending | offen | ouvert | abierto'),
      won: words('won | closed won | is won | success | gewonnen | gagne | ganado'),
      lost: words('lost | closed lost | abandoned | failed | verloren | perdu | perdido'),
    } satisfies Record<(typeof leadStatuses)[number], readonly string[]>,
    synonyms: words('status | deal status | opportunity status | won lost'),
  },
  {
    name: 'won',
    label: 'Is won',
    type: 'boolean',
    weight: 2,
    hint: 'Yes or no. Read where no status says it.',
    synonyms: words('is won | won | deal won | is closed won | gewonnen | gagne | ganado'),
  },
  {
    name: 'lost',
    label: 'Is lost',
    type: 'boolean',
    weight: 2,
    hint: 'Yes or no. Read where no status says it.',
    synonyms: words('is lost | lost | deal lost | is closed lost | verloren | perdu | perdido'),
  },
  {
    name: 'closed',
    label: 'Is closed',
    type: 'boolean',
    hint: 'Yes or no. Closed and not won is lost.',
    synonyms: words('is closed | closed | is deal closed | abgeschlossen'),
  },
  {
    name: 'value',
    label: 'Value',
    type: 'money',
    min: 0,
    weight: 3,
    synonyms: words(
      `value | amount | deal value | deal amount | close value | opportunity amount | opportunity value | lead value |
       expected revenue | estimated value | total value | price | betrag | wert | umsatz | montant | importe | valor`,
    ),
  },
  {
    name: 'currency',
    label: 'Currency',
    type: 'currency',
    weight: 2,
    synonyms: words(
      'currency | currency code | currency iso code | deal currency | wahrung | devise | moneda',
    ),
  },
  {
    name: 'probability',
    label: 'Probability',
    type: 'probability',
    weight: 3,
    hint: 'In percent; without it the stage’s own holds.',
    synonyms: words(
      'probability | deal probability | win probability | close probability | chance | confidence | wahrscheinlichkeit',
    ),
  },
  {
    name: 'expectedCloseDate',
    label: 'Expected close date',
    type: 'date',
    weight: 3,
    synonyms: words(
      'expected close date | expected close | expected closing date | estimated close date | forecast close date | target date',
    ),
  },
  {
    name: 'closedAt',
    label: 'Closed at',
    type: 'instant',
    yesNo: 'closed',
    weight: 3,
    hint: 'When it was won or lost. For an open lead: when it is expected to be.',
    synonyms: words(
      `close date | closed at | closed date | closed on | closedate | closing date | won time | lost time | deal closed time |
       won date | abschlussdatum | closed`,
    ),
  },
  {
    name: 'lostReason',
    label: 'Lost reason',
    type: 'line',
    maxLength: 500,
    weight: 3,
    synonyms: words(
      'lost reason | closed lost reason | loss reason | reason lost | reason for loss | verlustgrund',
    ),
  },
  {
    name: 'source',
    label: 'Source',
    type: 'line',
    maxLength: 120,
    weight: 2,
    synonyms: words(
      'source | lead source | deal source | original source | channel | campaign | utm source | origin | quelle | herkunft',
    ),
  },
  priority,
  description('deal description'),
  tags,
  createdAt(
    'deal created | opportunity created date | engage date | opened | open date | start date',
  ),
  {
    name: 'stageEnteredAt',
    label: 'In stage since',
    type: 'instant',
    synonyms: words(
      'stage entered at | in stage since | last stage change | last stage change date',
    ),
  },
  {
    name: 'customer',
    label: 'Customer',
    type: 'line',
    hint: 'External ID or name of the customer that the lead has become.',
    synonyms: words('customer name'),
  },
  idOf('customerId', 'Customer ID'),
  externalId(
    'id | record id | deal id | lead id | opportunity id | lead uid | hs object id | deal uid | reference | ref',
  ),
  own,
])

export const activityFields = fieldsOf([
  {
    name: 'type',
    label: 'Type',
    type: 'word',
    required: true,
    weight: 4,
    hint: 'Call, e-mail, meeting, note… A type that is not known yet is added.',
    synonyms: words(
      'type | activity type | interaction type | engagement type | task type | event type | aktivitat | kind',
    ),
  },
  {
    name: 'category',
    label: 'Category',
    type: 'choice',
    weight: 3,
    hint: 'Manual, system or automated.',
    choices: {
      manual: words('manual | user'),
      system: words('system'),
      automated: words('automated | automatic | integration'),
    },
    synonyms: words('category | activity category'),
  },
  {
    name: 'subject',
    label: 'Subject',
    type: 'line',
    weight: 2,
    synonyms: words(
      'subject | title | activity subject | activity title | name | topic | summary | betreff | objet | asunto',
    ),
  },
  {
    ...description(''),
    synonyms: words(
      `description | notes | note | comments | comment | remarks | details | body | text | content | message | outcome notes |
       activity notes | public description | beschreibung | notiz | notizen | bemerkung`,
    ),
  },
  {
    name: 'occurredAt',
    label: 'Happened at',
    type: 'instant',
    weight: 3,
    synonyms: words(
      `date | datetime | date time | timestamp | activity timestamp | activity date | occurred at | happened at | happened on |
       date created | logged at | start | start time | start date | datum`,
    ),
  },
  {
    name: 'scheduledAt',
    label: 'Scheduled for',
    type: 'instant',
    weight: 3,
    synonyms: words('scheduled at | scheduled for | scheduled date | planned at | planned for'),
  },
  {
    name: 'dueAt',
    label: 'Due at',
    type: 'instant',
    weight: 2,
    synonyms: words('due | due at | due date | due on | deadline | fallig am'),
  },
  {
    name: 'completedAt',
    label: 'Completed at',
    type: 'instant',
    yesNo: 'done',
    weight: 2,
    synonyms: words(
      'completed at | completed | completed on | completed date | done at | done time | marked as done time | date completed',
    ),
  },
  {
    name: 'done',
    label: 'Done',
    type: 'boolean',
    weight: 2,
    synonyms: words(
      `done | is completed | is done | is complete | completed | complete | closed | is closed | finished | erledigt |
       abgeschlossen | termine | fait | completado | hecho | concluido | feito`,
    ),
  },
  person('completedBy', 'Completed by'),
  idOf('completedById', 'Completed by ID'),
  {
    name: 'durationMinutes',
    label: 'Duration in minutes',
    type: 'integer',
    min: 0,
    max: 527_040,
    weight: 3,
    synonyms: words('duration minutes | duration in minutes | duration | minutes | length | dauer'),
  },
  {
    name: 'allDay',
    label: 'All day',
    type: 'boolean',
    weight: 2,
    synonyms: words('all day event | is all day | is all day event | alldayevent'),
  },
  {
    name: 'timezone',
    label: 'Time zone',
    type: 'zone',
    synonyms: words('timezone'),
  },
  {
    name: 'location',
    label: 'Location',
    type: 'line',
    maxLength: 500,
    synonyms: words('place | venue | ort'),
  },
  {
    name: 'direction',
    label: 'Direction',
    type: 'choice',
    weight: 3,
    choices: {
      inbound: words('inbound | incoming | in | received | eingehend'),
      outbound: words('outbound | outgoing | out | sent | ausgehend'),
    } satisfies Record<(typeof directions)[number], readonly string[]>,
    synonyms: words('direction | call direction'),
  },
  {
    name: 'outcome',
    label: 'Outcome',
    type: 'word',
    weight: 3,
    hint: 'Successful, no answer, voicemail left… One that is not known yet is added.',
    synonyms: words('outcome | result | call outcome | call result | disposition | ergebnis'),
  },
  {
    name: 'lead',
    label: 'Lead',
    type: 'line',
    weight: 2,
    hint: 'External ID or title of a lead.',
    synonyms: words(
      `lead | lead id | leadid | lead name | lead title | deal | deal id | deal name | deal title | opportunity |
       opportunity id | opportunity name | related to | regarding`,
    ),
  },
  idOf('leadId', 'Lead ID'),
  {
    ...company('account id | organization id | org id'),
    hint: 'External ID or name of a company.',
  },
  idOf('companyId', 'Company ID'),
  {
    name: 'contact',
    label: 'Contact',
    type: 'line',
    hint: 'External ID, e-mail address or name of a contact.',
    synonyms: words(
      `contact | contact id | contact name | contact email | contact person | person | person id | person name | attendee | who`,
    ),
  },
  idOf('contactId', 'Contact ID'),
  {
    name: 'customer',
    label: 'Customer',
    type: 'line',
    weight: 3,
    hint: 'External ID or name of a customer.',
    synonyms: words('customer | customer id | customer uid | customer name'),
  },
  idOf('customerId', 'Customer ID'),
  {
    ...owner(
      'user | user id | user name | activity owner | performed by | logged by | activity assigned to',
    ),
    name: 'user',
    label: 'Person',
    hint: 'Name or e-mail address of the user who did it or is to do it.',
  },
  idOf('userId', 'Person ID'),
  {
    name: 'createdBy',
    label: 'Logged by',
    type: 'line',
    synonyms: words('created by | author | entered by | creator | recorded by'),
  },
  idOf('createdById', 'Logged by ID'),
  {
    name: 'visibleToRep',
    label: 'Visible to reps',
    type: 'boolean',
    weight: 3,
    synonyms: words(
      'visible to rep | visible to reps | is visible to bd | visible to bd | is visible | visible',
    ),
  },
  {
    name: 'createdAt',
    label: 'Created at',
    type: 'instant',
    hint: 'When it was written down; when it happened, too, where nothing else says so.',
    synonyms: words(
      'created | created at | create date | created date | created on | created time',
    ),
  },
  {
    name: 'metadata',
    label: 'Further details',
    type: 'json',
    hint: 'JSON is taken over as it is, any other text under the name of its column.',
    weight: 2,
    synonyms: words('metadata | meta | extra | properties | payload | data | custom data'),
  },
  externalId(
    'id | record id | activity id | task id | event id | engagement id | activity uid | hs object id',
  ),
  own,
])

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

export const customerFields = fieldsOf([
  {
    name: 'name',
    label: 'Name',
    type: 'line',
    required: true,
    key: true,
    weight: 2,
    synonyms: words('name | customer | customer name'),
  },
  { ...company(''), key: true },
  idOf('companyId', 'Company ID'),
  contactAbout,
  idOf('contactId', 'Contact ID'),
  owner('customer owner'),
  idOf('ownerId', 'Owner ID'),
  {
    name: 'status',
    label: 'Status',
    type: 'choice',
    weight: 2,
    choices: {
      active: words('active | current | aktiv'),
      inactive: words('inactive | former | churned | inaktiv'),
    } satisfies Record<(typeof customerStatuses)[number], readonly string[]>,
    synonyms: words('status | customer status'),
  },
  {
    name: 'since',
    label: 'Since',
    type: 'date',
    weight: 4,
    synonyms: words('customer since | kunde seit'),
  },
  description(''),
  tags,
  createdAt(''),
  externalId('id | record id | customer id | customer uid | hs object id'),
  own,
])

export const quoteFields = fieldsOf([
  {
    name: 'number',
    label: 'Number',
    type: 'line',
    maxLength: 40,
    key: true,
    weight: 2,
    hint: 'Without one, or where it is taken, it gets the next number here.',
    synonyms: words('quote number | quote no | estimate number | offer number | angebotsnummer'),
  },
  {
    name: 'title',
    label: 'Title',
    type: 'line',
    required: true,
    synonyms: words('title | name | quote name | quote title | estimate | subject'),
  },
  { ...leadAbout, required: true, weight: 2 },
  idOf('leadId', 'Lead ID'),
  {
    name: 'status',
    label: 'Status',
    type: 'choice',
    choices: {
      draft: words('draft | open | entwurf'),
      sent: words('sent | pending | presented | gesendet'),
      accepted: words('accepted | signed | approved | won | angenommen'),
      declined: words('declined | rejected | denied | lost | abgelehnt'),
    } satisfies Record<(typeof quoteStatuses)[number], readonly string[]>,
    synonyms: words('status | quote status'),
  },
  {
    name: 'currency',
    label: 'Currency',
    type: 'currency',
    synonyms: words('currency | currency code | currency iso code | wahrung'),
  },
  {
    name: 'taxRate',
    label: 'Tax rate',
    type: 'number',
    min: 0,
    max: 100,
    weight: 4,
    hint: 'In percent.',
    synonyms: words('tax rate | tax percent | vat | vat rate | mwst'),
  },
  {
    name: 'lines',
    label: 'Lines',
    type: 'text',
    maxLength: 200_000,
    weight: 4,
    hint: 'One a line of the cell: “Pump: 2 × 12.50 − 10 %”.',
    synonyms: words('line items | items | products | positionen'),
  },
  {
    name: 'validUntil',
    label: 'Valid until',
    type: 'date',
    weight: 4,
    synonyms: words('valid until | expiration date | expires | expiry date | gultig bis'),
  },
  {
    name: 'sentAt',
    label: 'Sent at',
    type: 'instant',
    weight: 2,
    synonyms: words('sent | sent on'),
  },
  {
    name: 'decidedAt',
    label: 'Decided at',
    type: 'instant',
    weight: 2,
    synonyms: words('decided | accepted at | declined at'),
  },
  {
    name: 'declineReason',
    label: 'Decline reason',
    type: 'line',
    maxLength: 500,
    weight: 3,
    synonyms: words('reason declined'),
  },
  {
    name: 'notes',
    label: 'Notes',
    type: 'text',
    maxLength: 100_000,
    synonyms: words('note | description | comments | terms'),
  },
  createdAt(''),
  own,
])

export const taskFields = fieldsOf([
  {
    name: 'title',
    label: 'Title',
    type: 'line',
    required: true,
    synonyms: words(
      'title | task | task name | task title | subject | name | to do | todo | aufgabe',
    ),
  },
  {
    name: 'type',
    label: 'Type',
    type: 'choice',
    choices: {
      follow_up: words('follow up | followup'),
      call: words('call | phone'),
      email: words('email | e mail'),
      meeting: words('meeting | appointment'),
      demo: words('demo'),
      proposal: words('proposal | quote'),
      other: words('other | to do | todo | task'),
    } satisfies Record<(typeof taskTypes)[number], readonly string[]>,
    synonyms: words('type | task type'),
  },
  {
    name: 'status',
    label: 'Status',
    type: 'choice',
    weight: 2,
    choices: {
      pending: words('pending | open | not started | to do | todo | offen'),
      in_progress: words('in progress | started | waiting | in arbeit'),
      completed: words('completed | complete | done | closed | erledigt'),
      cancelled: words('cancelled | canceled | deferred | abgebrochen'),
    } satisfies Record<(typeof taskStatuses)[number], readonly string[]>,
    synonyms: words('status | task status'),
  },
  priority,
  {
    name: 'dueAt',
    label: 'Due at',
    type: 'instant',
    weight: 3,
    hint: 'A date alone is due on that day.',
    synonyms: words('due | due at | due date | due on | deadline | fallig am'),
  },
  {
    name: 'wallTime',
    label: 'Local time',
    type: 'line',
    hint: 'As Rapport exports it.',
    synonyms: [],
  },
  {
    name: 'timezone',
    label: 'Time zone',
    type: 'zone',
    synonyms: words('timezone'),
  },
  {
    name: 'recurrence',
    label: 'Repeats',
    type: 'line',
    maxLength: 300,
    weight: 3,
    hint: 'A rule of RFC 5545 like FREQ=WEEKLY;BYDAY=MO.',
    synonyms: words('recurrence | rrule | recurrence rule'),
  },
  {
    ...person('assignee', 'Assignee'),
    weight: 2,
    synonyms: words(
      'assigned to | assigned user | owner | owner name | task owner | responsible | user | verantwortlich',
    ),
  },
  idOf('assigneeId', 'Assignee ID'),
  leadAbout,
  idOf('leadId', 'Lead ID'),
  company(''),
  idOf('companyId', 'Company ID'),
  contactAbout,
  idOf('contactId', 'Contact ID'),
  about('customer', 'Customer', 'customer name'),
  idOf('customerId', 'Customer ID'),
  description('task notes'),
  {
    name: 'completedAt',
    label: 'Completed at',
    type: 'instant',
    yesNo: 'done',
    weight: 2,
    synonyms: words('completed at | completed on | completed date | done at | date completed'),
  },
  {
    name: 'done',
    label: 'Done',
    type: 'boolean',
    synonyms: words('done | is completed | is done | completed | complete | closed | is closed'),
  },
  person('completedBy', 'Completed by'),
  idOf('completedById', 'Completed by ID'),
  person('createdBy', 'Created by', 'author | creator'),
  idOf('createdById', 'Created by ID'),
  createdAt(''),
  externalId('id | record id | task id | activity id | hs object id'),
  own,
])

export type CustomerValues = ValuesOf<typeof customerFields>
export type QuoteValues = ValuesOf<typeof quoteFields>
export type TaskValues = ValuesOf<typeof taskFields>
export type CompanyValues = ValuesOf<typeof companyFields>
/** An address or number of a person that is not the main one. */
export interface OtherChannel {
  label: string
  value: string
  /** Where it is in the file. */
  column: string
}
export type ContactValues = ValuesOf<typeof contactFields> & { others?: OtherChannel[] }
export type LeadValues = ValuesOf<typeof leadFields>
export type ActivityValues = ValuesOf<typeof activityFields>
export type UserValues = ValuesOf<typeof userFields>

export const fieldsByKind: Readonly<Record<ImportKind, readonly FieldDefinition[]>> = {
  companies: companyFields,
  contacts: contactFields,
  leads: leadFields,
  activities: activityFields,
  users: userFields,
  customers: customerFields,
  quotes: quoteFields,
  tasks: taskFields,
}

/** Kinds whose records have custom fields → their table. */
export const customTables: Partial<Record<ImportKind, CustomField['table']>> = {
  companies: 'company',
  contacts: 'contact',
  leads: 'lead',
  customers: 'customer',
}

/** The key in `custom.<key>`, or undefined for any other field. */
export const customKeyOf = (field: string): string | undefined =>
  /^custom\.([a-z][a-z0-9_]{0,59})$/.exec(field)?.[1]

/** The name in `metadata.<name>`: what of an activity has no field of its own. */
export const metadataKeyOf = (field: string): string | undefined =>
  /^metadata\.(.{1,70})$/.exec(field)?.[1]

/** The fields a mapping may name, custom ones included. */
export function listFields(
  kind: ImportKind,
  custom: readonly CustomField[],
): z.infer<typeof ImportField>[] {
  const fields = fieldsByKind[kind].map((field) => ({
    name: field.name,
    label: field.label,
    required: field.required ?? false,
    key: field.key ?? false,
    hint: field.hint ?? null,
  }))
  const table = customTables[kind]
  const ofTable = custom
    .filter((field) => field.table === table)
    .map((field) => ({
      name: `custom.${field.key}`,
      label: field.label,
      required: false,
      key: false,
      hint: field.type === 'choice' ? `One of ${field.choices.join(', ')}.` : null,
    }))
  return [...fields, ...ofTable]
}

/** `officeLocation`, `Office_Location` and `Office  location` → `office location`. */
export const normaliseName = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
