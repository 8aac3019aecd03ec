/** What a file of companies may hold. */
import { createdAt, description, externalId, idOf, own, owner, tags } from './common-fields'
import { fieldsOf, type ValuesOf, words } from './field'

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

export type CompanyValues = ValuesOf<typeof companyFields>
