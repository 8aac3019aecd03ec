/** A check reads the whole file with every rule on, and says exactly what the import will then do. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Import } from '../../../../contract/transfer/import'
import { duplicatePolicies } from '../../../../contract/transfer/words'
import { csv, dump, fixture, importMaven, importWell, openTestCore } from '../../testing'

const countsOf = ({
  rows,
  created,
  updated,
  unchanged,
  skipped,
  rejected,
  matchedBy,
  problems,
  warnings,
}: Import) => ({
  rows,
  created,
  updated,
  unchanged,
  skipped,
  rejected,
  matchedBy,
  problems,
  warnings,
})

describe('a check', () => {
  test('of the Maven files writes nothing and counts what comes', async () => {
    const { client, directory } = await openTestCore()
    const before = dump(directory)
    const pipeline = () => fixture('maven-crm/sales_pipeline.csv')
    const bare = await importWell(client, 'leads', pipeline(), { dryRun: true })
    expect(bare).toMatchObject({
      created: 8800,
      rejected: 0,
      unknownCompanies: 85,
      batchId: null,
      rows: 8800,
    })
    expect(bare.unknownOwners).toHaveLength(30)
    expect(bare.unknownStages).toEqual([
      { value: 'Prospecting', rows: 500, suggestedKind: 'open' },
      { value: 'Engaging', rows: 1589, suggestedKind: 'open' },
    ])
    expect(dump(directory)).toEqual(before)
    expect((await client.changes.batches({})).map((one) => one.kind)).not.toContain('import')
    expect((await client.transfer.history({})).items).toEqual([])

    await importMaven(client)
    const again = await importWell(client, 'leads', pipeline(), {
      dryRun: true,
      onDuplicate: 'update',
    })
    expect(again).toMatchObject({
      unchanged: 8800,
      unknownOwners: [],
      unknownStages: [],
      unknownCompanies: 0,
    })
  }, 60_000)

  test('keeps the rows that would be rejected', async () => {
    const { client } = await openTestCore()
    const { importId } = await importWell(client, 'leads', csv('title,value\na,x\nb,1'), {
      dryRun: true,
    })
    const file = await client.transfer.rejected({ importId })
    expect(await file.text()).toContain('Value must be an amount of money,2,a,x')
  })

  test('of any file foretells the import', async () => {
    // Who or what a row is about does not contradict itself from row to row; all the rest does.
    const identity = fc.constantFrom(
      { id: '1', title: 'Ann', company: 'Acme', email: 'a@x.example' },
      { id: '2', title: 'Ann', company: 'Acme', email: '' },
      { id: '3', title: 'x'.repeat(300), company: '', email: 'A@Y.example' },
      { id: '', title: 'Žan', company: 'ŽAN', email: 'z@x.example' },
      { id: '', title: ' ŽAN ', company: 'Žan', email: 'Z@x.example' },
      { id: '', title: 'Bob', company: '', email: '' },
      { id: '', title: 'Bob', company: 'Acme', email: '' },
      { id: '', title: '', company: 'Acme', email: 'nobody' },
      { id: '', title: '', company: '', email: '' },
    )
    const facts = fc.record({
      owner: fc.constantFrom('', 'Me', 'Rita', 'Nobody'),
      stage: fc.constantFrom('', 'New', 'Won', 'Odd'),
      value: fc.constantFrom('', '1', '2.50', '-1', 'ten'),
      tags: fc.constantFrom('', 'a', 'b,a', 'a;b'),
      extra: fc.constantFrom('', '7', 'seven'),
    })
    const row = fc.tuple(identity, facts).map(([one, other]) => ({ ...one, ...other }))
    const rows = fc.array(row, { minLength: 1, maxLength: 14 })
    const kinds = {
      leads: ['id', 'title', 'company', 'owner', 'stage', 'value', 'tags', 'extra'],
      companies: ['id', 'name=title', 'parent company=company', 'owner', 'tags', 'extra'],
      contacts: ['id', 'last name=title', 'email', 'company', 'owner', 'tags'],
    } as const
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('leads', 'companies', 'contacts'),
        rows,
        rows,
        fc.constantFrom(...duplicatePolicies),
        fc.boolean(),
        async (kind, first, second, onDuplicate, createOwners) => {
          const { client, directory, close } = await openTestCore()
          const toFile = (list: typeof first) => {
            const columns = kinds[kind].map((column) => column.split('='))
            return csv(
              [
                columns.map(([header]) => header).join(','),
                ...list.map((one) =>
                  columns
                    .map(([header, field]) => quoted(one[(field ?? header) as keyof typeof one]))
                    .join(','),
                ),
              ].join('\n'),
            )
          }
          await importWell(client, kind, toFile(first))
          const before = dump(directory)
          const options = { onDuplicate, createOwners, hasHeader: true }
          const check = await importWell(client, kind, toFile(second), { ...options, dryRun: true })
          expect(dump(directory)).toEqual(before)
          const done = await importWell(client, kind, toFile(second), options)
          expect(countsOf(done)).toEqual(countsOf(check))
          const again = await importWell(client, kind, toFile(second), {
            ...options,
            onDuplicate: 'update',
          })
          // Rows that contradict each other within the file keep doing so; else nothing is left to do.
          if (onDuplicate !== 'add') expect(again.created).toBe(0)
          await close()
        },
      ),
      { numRuns: Number(process.env.RUNS ?? 25) },
    )
  }, 240_000)
})
