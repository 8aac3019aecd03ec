import { expect, test } from 'vitest'
import { csv, dump, importWell, openTestCore, undoImport } from '../../testing'

test('users come in with the teams and managers that are missing', async () => {
  const { client, directory } = await openTestCore()
  const before = dump(directory)
  const file = csv(`sales_agent,manager,regional_office,email
Ann,Max,East,ann@acme.example
Bob,Max,East,
Max,Zoe,HQ,
`)
  const check = await importWell(client, 'users', file, { dryRun: true })
  const done = await importWell(client, 'users', file)
  for (const run of [check, done]) expect(run).toMatchObject({ created: 3, skipped: 0 })
  const users = (await client.users.list({})).items
  expect(
    users.map(({ name, role, manager, team }) => [name, role, manager?.name, team?.name]),
  ).toEqual([
    ['Ann', 'rep', 'Max', 'East'],
    ['Bob', 'rep', 'Max', 'East'],
    ['Max', 'manager', 'Zoe', 'HQ'],
    ['Me', 'admin', undefined, undefined],
    ['Zoe', 'manager', undefined, undefined],
  ])
  expect((await client.teams.list({})).items.map((team) => [team.name, team.members])).toEqual([
    ['East', 2],
    ['HQ', 1],
  ])
  await undoImport(client, done.importId)
  expect(dump(directory)).toEqual(before)
})

test('nobody takes the address of another, and no admin is demoted by a file', async () => {
  const { client } = await openTestCore()
  await client.users.create({ name: 'Ann', email: 'ann@acme.example', externalId: 'u1' })
  const done = await importWell(
    client,
    'users',
    csv('id,name,email,role\nu2,Bob,ANN@acme.example,rep\n,Me,,rep\nu1,Ann,,manager'),
    { onDuplicate: 'update' },
  )
  expect(done).toMatchObject({ rejected: 2, updated: 1 })
  expect(done.problems.map((problem) => problem.message)).toEqual([
    'E-mail already belongs to another user',
    'Role of an admin is changed by hand only',
  ])
})
