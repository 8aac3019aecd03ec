/** What a file of contacts may hold. */
import {
  company,
  createdAt,
  description,
  externalId,
  idOf,
  own,
  owner,
  tags,
} from './common-fields'
import { fieldsOf, type ValuesOf, words } from './field'

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

/** An address or number of a person that is not the main one. */
export interface OtherChannel {
  label: string
  value: string
  /** Where it is in the file. */
  column: string
}
export type ContactValues = ValuesOf<typeof contactFields> & { others?: OtherChannel[] }
