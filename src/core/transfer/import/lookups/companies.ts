/** Companies that a file names. */
import { company } from '../../../records/companies/table'
import { nameKey, tidyName } from '../../format/names'
import { domainOf, isEmail, listOf, partsOfReference } from '../values/references'
import type { LookupContext } from './context'
import type { FoundRow } from './known'
import { type Link, withRemark } from './link'
import type { StoredLookups } from './stored'

export function createCompanyLookups(
  { database, actor, options, unknowns, known, isId, idKept }: LookupContext,
  { seen, byAnyId, identified, idKey, first }: StoredLookups,
) {
  const { seek, unseek, noteMade, writeFirst, made, madeId, namesById } = known

  /** By id, domain or name; of a list the first where the whole is none. */
  function companyNamed(value: string, id?: string): Link {
    const tidy = tidyName(value)
    const key = `company\0${nameKey(tidy)}`
    const { name, address } = partsOfReference(tidy)
    const names = [nameKey(tidy), ...(name && name !== tidy ? [nameKey(name)] : [])]
    const domain = address === undefined ? undefined : domainOf(address)
    const toLookUp = domain === undefined ? names : [...names, domain]
    const row = seek(key, () => {
      writeFirst(toLookUp)
      return (
        byAnyId('company', tidy) ??
        (domain === undefined
          ? undefined
          : database.get<FoundRow>(
              `select id, deleted_at from company where domain = ? ${seen('company').sql}
               order by deleted_at is not null, seq limit 1`,
              domain,
              ...seen('company').parameters,
            )) ??
        first(
          `select id, deleted_at from company where name_folded = ? ${seen('company').sql}
           order by deleted_at is not null, seq limit 1`,
          names,
          ...seen('company').parameters,
        )
      )
    })
    if (row?.deleted) return { refused: 'names a company in the trash: restore it or purge it' }
    if (row) return { id: row.id }
    const list = listOf(tidy)
    if (list) return withRemark(companyNamed(list.first, id), list.remark)
    const madeBefore = madeId(key)
    if (madeBefore) return { id: madeBefore }
    return {
      make(rows) {
        const columns = {
          name: name || tidy,
          ...(domain !== undefined && name && !isEmail(address ?? '') && { domain }),
          ownerId: actor.userId,
          createdBy: actor.userId,
        }
        unknownCompanies.delete(nameKey(value))
        if (id === undefined) {
          const added = rows.insertLater(company, columns)
          noteMade(key, { id: added, values: toLookUp, rows })
          namesById.set(added, columns.name)
          return added
        }
        const added = rows.insert(company, { ...idKept(company, id), ...columns })
        unseek(key)
        unseek(idKey('company', id))
        made.set(key, added)
        namesById.set(added, columns.name)
        return added
      },
    }
  }

  /** The company that a row refers to, to recognise the row by. */
  const companyOf = (values: {
    company?: string | undefined
    companyId?: string | undefined
  }): Link =>
    (values.companyId === undefined ? undefined : identified('company', values.companyId)) ??
    (values.company === undefined ? undefined : companyNamed(values.company))

  const unknownCompanies = new Set<string>()
  /** A company that another record refers to. @param id which it gets where it is made */
  function companyLink(value: string, id?: string): Link {
    const link = companyNamed(value, id)
    if (!link || !('make' in link)) return link
    if (isId('company', listOf(value)?.first ?? value))
      return { left: 'is the id of no company: it is left blank' }
    const key = nameKey(value)
    if (!unknownCompanies.has(key)) {
      unknownCompanies.add(key)
      unknowns.companies++
    }
    return options.createCompanies ? link : { refused: 'names no company' }
  }

  return { companyNamed, companyOf, companyLink }
}
