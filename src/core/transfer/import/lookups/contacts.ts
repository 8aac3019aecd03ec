/** Contacts that a file names. */

import { contactName } from '../../../records/contacts/contacts'
import { contact } from '../../../records/contacts/table'
import { nameKey, tidyName } from '../../format/names'
import { splitPersonName } from '../values/name-words'
import { isEmail, listOf, partsOfReference } from '../values/references'
import type { LookupContext } from './context'
import { type Link, withRemark } from './link'
import type { StoredLookups } from './stored'

export function createContactLookups(
  { actor, options, known, isId, idKept }: LookupContext,
  { seen, byAnyId, idKey, first, reference, onlyOne }: StoredLookups,
) {
  const { seek, unseek, noteMade, writeFirst, made, madeId } = known

  /** By id, else by e-mail address, else by name at the company if there is one. */
  function contactLink(
    person: { name?: string | undefined; email?: string | undefined; id?: string | undefined },
    at: { companyId: string | undefined; companyName: string | undefined },
  ): Link {
    const value = person.name === undefined ? undefined : tidyName(person.name)
    const parts = value === undefined ? undefined : partsOfReference(value)
    const isAddress = parts?.address !== undefined && isEmail(parts.address)
    const name = isAddress ? parts.name || undefined : value
    const email = person.email ?? (isAddress ? parts.address : undefined)
    const key = `contact\0${nameKey(email ?? '')}\0${nameKey(value ?? '')}\0${at.companyName ? nameKey(at.companyName) : ''}`
    const isOthers = value !== undefined && isId('contact', value)
    const row = seek(key, () => {
      writeFirst([email ?? '', name ?? ''].map(nameKey))
      return (
        (value === undefined ? undefined : byAnyId('contact', value)) ??
        (email === undefined
          ? undefined
          : first(
              `select id, deleted_at from contact where email = ? collate nocase ${seen('contact').sql}
               order by deleted_at is not null, seq limit 1`,
              [email],
              ...seen('contact').parameters,
            )) ??
        (name === undefined
          ? undefined
          : first(
              `select id, deleted_at from contact where name_folded = ? ${email === undefined ? '' : 'and email is null'}
               ${at.companyId ? 'and (company_id = ? or company_id is null)' : ''}
               ${seen('contact').sql} order by deleted_at is not null, company_id is null, seq limit 1`,
              [nameKey(name)],
              ...(at.companyId ? [at.companyId] : []),
              ...seen('contact').parameters,
            ))
      )
    })
    const list = !row && value !== undefined ? listOf(value) : undefined
    if (list) return withRemark(contactLink({ ...person, name: list.first }, at), list.remark)
    if (row?.deleted) return { refused: 'names a contact in the trash: restore it or purge it' }
    const id = row?.id ?? madeId(key)
    if (id) return { id }
    if (isOthers && email === undefined)
      return { left: 'is the id of no contact: it is left blank' }
    if (!options.createContacts) return { refused: 'names no contact' }
    return {
      make(rows) {
        const parts = name === undefined || isOthers ? {} : splitPersonName(name)
        const columns = {
          ...parts,
          email,
          name: contactName({ ...parts, email }),
          companyId: at.companyId,
          ownerId: actor.userId,
          createdBy: actor.userId,
        }
        if (person.id === undefined) {
          const added = rows.insertLater(contact, columns)
          const values = [columns.name, ...(email === undefined ? [] : [email])].map(nameKey)
          noteMade(key, { id: added, values, rows })
          return added
        }
        const added = rows.insert(contact, { ...idKept(contact, person.id), ...columns })
        unseek(key)
        unseek(idKey('contact', person.id))
        made.set(key, added)
        return added
      },
    }
  }

  /** A contact that is there already: by external id, e-mail address or name, if only one has it. */
  const contactReference = (value: string): Link =>
    reference(`contact-ref\0${value}`, () => {
      const tidy = tidyName(value)
      const { name, address } = partsOfReference(tidy)
      writeFirst([tidy, address ?? '', name].map(nameKey))
      return (
        byAnyId('contact', tidy) ??
        onlyOne(
          `select id, deleted_at from contact where email = ? collate nocase and deleted_at is null ${seen('contact').sql} limit 2`,
          [address ?? tidy],
          seen('contact').parameters,
        ) ??
        onlyOne(
          `select id, deleted_at from contact where name_folded = ? and deleted_at is null ${seen('contact').sql} limit 2`,
          [nameKey(name || tidy)],
          seen('contact').parameters,
        )
      )
    })

  return { contactLink, contactReference }
}
