/** What a contact is looked for by before it is erased: all it is and was called, and reached by. */
import { readPhone } from '../../kernel/fields/phone-numbers'
import type { Kernel } from '../../kernel/kernel'
import { createAbout } from './about'
import { type PersonFields, personOf } from './person'
import type { Sought } from './sweep'

export interface ContactRow extends PersonFields {
  id: string
  seq: number
  company_id: string | null
  created_at: number
  deleted_at: number | null
}

/** SQL that finds somebody else whose a value may be. */
const isAnother: Record<'name' | 'email', string[]> = {
  name: [
    'select 1 from contact where id <> ? and name_folded = fold(?)',
    'select 1 from user where id <> ? and fold(name) = fold(?)',
    'select 1 from company where id <> ? and name_folded = fold(?)',
  ],
  email: [
    'select 1 from contact where id <> ? and email = ? collate nocase',
    'select 1 from user where id <> ? and email = ? collate nocase',
  ],
}

export function createSoughtPeople({ database, workspace }: Kernel) {
  const contactOf = (id: string): ContactRow | undefined =>
    database.get<ContactRow>('select * from contact where id = ?', id)

  /** The contact as it is, and as the log knows it. */
  function versionsOf(contact: ContactRow): Partial<ContactRow>[] {
    const changes = database.all<{ before: string | null; after: string | null }>(
      `select before, after from change where row_id = ? and table_name = 'contact'`,
      contact.id,
    )
    return [
      contact,
      ...changes
        .flatMap(({ before, after }) => [before, after])
        .flatMap((json) => (json === null ? [] : [JSON.parse(json)])),
    ]
  }

  /** Whether somebody else has this number, however it is spelled. */
  function isOthersPhone(id: string, typed: string): boolean {
    const number = readPhone(typed, workspace.country())
    // What cannot be read as a number is on no index.
    const [column, value] = number === null ? ['', typed] : ['_number', number]
    return (
      database.get(
        `select 1 from contact where id <> ? and (phone${column} = ? or mobile${column} = ?) limit 1`,
        ...[id, value, value],
      ) !== undefined ||
      database.get(`select 1 from company where phone${column} = ? limit 1`, value) !== undefined
    )
  }

  /** @param isWide whether a row that holds an address or number of the person is about it */
  function soughtOf(contact: ContactRow, isWide: boolean): Sought {
    const versions = versionsOf(contact)
    const person = personOf(versions, (column, value) =>
      column === 'phone'
        ? isOthersPhone(contact.id, value)
        : isAnother[column].some(
            (sql) => database.get(`${sql} limit 1`, contact.id, value) !== undefined,
          ),
    )
    const companyIds = new Set(versions.flatMap(({ company_id: id }) => id ?? []))
    const links = { contactId: contact.id, names: person.names, isWide, companyIds }
    return { contactId: contact.id, person, isWide, isAbout: createAbout(database, links) }
  }

  return { contactOf, soughtOf }
}
