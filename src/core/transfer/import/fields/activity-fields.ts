/** What a file of activities may hold. */
import type { directions } from '../../../../contract/timeline/words'
import { company, description, externalId, idOf, own, owner, person } from './common-fields'
import { fieldsOf, type ValuesOf, words } from './field'

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

export type ActivityValues = ValuesOf<typeof activityFields>
