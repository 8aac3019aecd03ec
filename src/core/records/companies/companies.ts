/**
 * Companies. Everybody sees and changes them unless the workspace keeps reps to their own; to give one
 * away or delete it takes its owner. What a rep sees of their leads is the leads' own scope.
 */
import type * as z from 'zod'
import { asciiDomain } from '../../../contract/kernel/addresses'
import type { Company, CompanyUpdate } from '../../../contract/records/companies'
import { companyFields } from '../../../contract/records/company-fields'
import type { Actor } from '../../kernel/actor'
import type { Writer } from '../../kernel/database/database'
import { fromJson, type RowOf, toInstantOrNull } from '../../kernel/database/rows'
import { invalid } from '../../kernel/errors'
import type { ListSource } from '../../kernel/fields/list'
import { shownOf } from '../../kernel/fields/shown'
import type { Kernel } from '../../kernel/kernel'
import { givingWork } from '../../kernel/records/giving-work'
import { createRecords, ownedBy, quoted } from '../../kernel/records/records'
import { addressScope, lastActivitySql, requireAddresses, requireReceivers } from '../links/links'
import { companyColumns } from './columns'
import { company } from './table'

export type Companies = ReturnType<typeof createCompanies>
type Patch = z.output<typeof CompanyUpdate> & { moveOpenWork?: boolean | undefined }

type CompanyRow = RowOf<typeof company> & {
  parent_name: string | null
  owner_name: string | null
  open_leads: number
  last_activity_at: number | null
}

const shownFields = shownOf(companyFields, company)

const source: ListSource = {
  table: 'company',
  select: `company.*, parent.name as parent_name, owner.name as owner_name,
    (select count(*) from lead where lead.company_id = company.id and lead.status = 'open' and lead.deleted_at is null) as open_leads,
    ${lastActivitySql('company_id', 'company.id')} as last_activity_at`,
  joins: `left join company parent on parent.id = company.parent_id
    left join user owner on owner.id = company.owner_id`,
  fields: companyColumns.fields,
  custom: 'company.custom',
  defaultSort: 'name',
  sorts: companyColumns.sorts,
}

/** `https://www.acme.com/about` → `acme.com`; what companies are recognised by. */
export function domainOf(address: string): string | null {
  const host = address
    .trim()
    .toLowerCase()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
    .replace(/^.*@/, '')
    .split(/[/?#:\s]/)[0]
    ?.replace(/^www\./, '')
  const plain = host && asciiDomain(host)
  return plain && /^[^.]+(\.[^.]+)+$/.test(plain) ? plain : null
}

export function createCompanies(kernel: Kernel) {
  const { database, workspace, customFields } = kernel

  const records = createRecords<CompanyRow, Company>(kernel, {
    noun: 'company',
    nouns: 'companies',
    table: company,
    source,
    nameOf: (row) => row.name,
    scope: addressScope(workspace, 'company'),
    ownScope: ownedBy('company'),
    toShape: (row) => ({
      id: row.id,
      ...shownFields(row),
      custom: fromJson(row.custom),
      phoneNumber: row.phone_number,
      openLeads: row.open_leads,
      lastActivityAt: toInstantOrNull(row.last_activity_at),
      deletedAt: toInstantOrNull(row.deleted_at),
    }),
  })

  function checkLinks(actor: Actor, input: Patch, row?: CompanyRow) {
    requireReceivers(database, { ownerId: [input.ownerId, row?.owner_id] })
    requireAddresses(kernel, actor, { parentId: ['company', input.parentId] })
    if (!row || !input.parentId) return
    const ancestors = database.all<{ id: string }>(
      `with recursive above(id) as (
         select ? union select parent_id from company join above on company.id = above.id where parent_id is not null
       ) select id from above`,
      input.parentId,
    )
    if (ancestors.some(({ id }) => id === row.id))
      throw invalid('parentId', 'must not be the company itself or one below it')
  }

  /** The domain follows from the website unless it is given. */
  const withDomain = <Input extends Patch>(input: Input) => {
    const domain =
      input.domain !== undefined
        ? input.domain === null
          ? null
          : (domainOf(input.domain) ?? input.domain)
        : input.website
          ? (domainOf(input.website) ?? undefined)
          : undefined
    return { ...input, ...(domain === undefined ? {} : { domain }) }
  }

  const applyUpdate = (writer: Writer, row: Pick<CompanyRow, 'id' | 'custom'>, patch: Patch) =>
    givingWork(writer, patch.moveOpenWork, () =>
      writer.update(
        company,
        row.id,
        withDomain(customFields.mergedInto('company', row.custom, patch)),
      ),
    )

  /** To say again that it is its owner's changes nothing. */
  const requireGivable = (actor: Actor, id: string, ownerId: string | null) => {
    const row = records.requireRow(actor, id)
    return row.owner_id === ownerId ? row : records.requireOwn(actor, id)
  }

  return {
    ...records,
    applyUpdate,
    create(actor: Actor, input: Patch & { name: string }): Company {
      checkLinks(actor, input)
      let id = ''
      database.act(actor, { label: `Create company ${quoted(input.name)}` }, (writer) => {
        id = writer.insert(company, {
          ownerId: actor.userId,
          createdBy: actor.userId,
          ...withDomain(customFields.mergedInto('company', '{}', input)),
        })
      })
      return records.written(id)
    },
    update(actor: Actor, { id, ...patch }: Patch & { id: string }): Company {
      const row =
        patch.ownerId === undefined
          ? records.requireRow(actor, id)
          : requireGivable(actor, id, patch.ownerId)
      checkLinks(actor, patch, row)
      database.act(actor, { label: `Change company ${quoted(row.name)}` }, (writer) => {
        applyUpdate(writer, row, patch)
      })
      return records.written(id)
    },
    bulk(actor: Actor, input: Parameters<typeof records.bulk<Patch>>[1]) {
      if (input.action.type === 'update') {
        checkLinks(actor, input.action.patch)
        if (input.action.patch.parentId !== undefined)
          throw invalid('action.patch.parentId', 'is changed one company at a time')
      }
      return records.bulk<Patch>(actor, input, applyUpdate)
    },
  }
}
