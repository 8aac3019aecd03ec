/** The check says what comes beside the rows of a file, and which of its columns do not. */
import { expect, test } from 'vitest'
import { countOf, csv, fixture, importWell, openTestCore } from '../../testing'

const none = {
  companies: 0,
  contacts: 0,
  users: 0,
  teams: 0,
  pipelines: 0,
  stages: 0,
  words: 0,
  optOuts: 0,
}
const wide = (columns: number) => {
  const names = Array.from({ length: columns }, (_, index) => `Extra ${index + 1}`)
  return csv(`Name,${names.join(',')}\nAcme,${names.map((_, index) => index).join(',')}\n`)
}

test('forty columns without a field become forty custom fields, and the check names them', async () => {
  const { client } = await openTestCore()
  const checked = await importWell(client, 'companies', wide(40), { dryRun: true })
  expect(checked.newFields).toHaveLength(40)
  expect(checked.newFields[39]).toEqual({
    name: 'custom.extra_40',
    label: 'Extra 40',
    type: 'number',
  })
  expect(checked.leftOut).toEqual([])
  expect(await client.settings.customFields.list({})).toEqual([])
  const done = await importWell(client, 'companies', wide(40))
  expect(done).toMatchObject({ newFields: checked.newFields, leftOut: [] })
  expect(await client.settings.customFields.list({})).toHaveLength(40)
  const again = await importWell(client, 'companies', wide(40), { dryRun: true })
  expect(again.newFields).toEqual([])
})

test('what is left out is named: columns beyond a hundred, and those without a field by choice', async () => {
  const { client } = await openTestCore()
  const many = await importWell(client, 'companies', wide(103), { dryRun: true })
  expect(many.newFields).toHaveLength(100)
  expect(many.leftOut).toEqual(['Extra 101', 'Extra 102', 'Extra 103'])
  const chosen = await importWell(
    client,
    'companies',
    csv('Name,City,Blank,Fax\nAcme,Rome,,\nBeta,,,1\n'),
    {
      dryRun: true,
      mapping: { name: ['Name'] },
    },
  )
  expect(chosen.leftOut).toEqual(['City', 'Fax'])
  const people = await importWell(client, 'contacts', fixture('google-contacts-old.csv'), {
    dryRun: true,
  })
  expect(people.leftOut).not.toContain('Phone 1 - Type')
})

test('people and teams that a file of users names are counted', async () => {
  const { client, directory } = await openTestCore()
  const file = () => fixture('maven-crm/sales_teams.csv')
  const before = countOf(directory, 'select count(*) from user')
  const checked = await importWell(client, 'users', file(), { dryRun: true })
  expect(checked).toMatchObject({
    created: 35,
    alsoCreated: { ...none, users: 6, teams: 3 },
    references: [
      { field: 'manager', label: 'Manager', linked: 29, created: 6, left: 0 },
      { field: 'team', label: 'Team', linked: 32, created: 3, left: 0 },
    ],
  })
  const done = await importWell(client, 'users', file())
  expect(done).toMatchObject({
    created: checked.created,
    alsoCreated: checked.alsoCreated,
    references: checked.references,
  })
  expect(countOf(directory, 'select count(*) from user')).toBe(before + 41)
  expect(countOf(directory, 'select count(*) from team')).toBe(3)
})

test.each([
  [
    'leads',
    'Title,Company,Contact,Owner,Stage\nA,Acme,Ann,Rita,Odd\nB,Acme,Bob,Rita,Odd\nC,Beta,,,\n',
    { companies: 2, contacts: 2, users: 1, stages: 1 },
  ],
  [
    'leads',
    'Title,Pipeline,Stage\nA,Partners,Intro\nB,Partners,Won\n',
    { pipelines: 1, stages: 3 },
  ],
  ['contacts', 'Last name,Company\nA,Acme\nB,Beta\nC,Acme\n', { companies: 2 }],
  ['companies', 'Name,Parent company\nA,Holding\nB,Holding\nC,A\nD,E\nE,\n', { companies: 1 }],
  [
    'activities',
    'Type,Date,Outcome,Person\nSite visit,2026-01-02,Very good,Rita\nSite visit,2026-01-03,,Rita\n',
    { users: 1, words: 2 },
  ],
  ['users', 'Name,Manager,Team\nA,B,North\nB,C,North\n', { users: 1, teams: 1 }],
] as const)('beside %s others come', async (kind, text, expected) => {
  const { client } = await openTestCore()
  const checked = await importWell(client, kind, csv(text), { dryRun: true })
  expect(checked.alsoCreated).toEqual({ ...none, ...expected })
  expect((await importWell(client, kind, csv(text))).alsoCreated).toEqual(checked.alsoCreated)
})
