import { describe, expect, test } from 'vitest'
import { openTestCore } from '../../testing/testing'

describe('users', () => {
  test('know who they are and what they may do', async () => {
    const { client, addUser } = await openTestCore()
    expect(await client.users.me()).toMatchObject({
      name: 'Me',
      role: 'admin',
      permissions: expect.arrayContaining(['administer']),
    })
    const rep = await addUser('Rita', 'rep')
    expect((await rep.client.users.me()).permissions).not.toContain('configure')
  })

  test('say of themselves who they are, but not what they may do', async () => {
    const { addUser } = await openTestCore()
    const rep = await addUser('Rita', 'rep')
    const profile = { name: 'Rita R.', timezone: 'Asia/Kathmandu', signature: 'Rita' }
    const input = { ...profile, role: 'admin' as const, active: false }
    expect(await rep.client.users.updateMe(input)).toMatchObject({
      id: rep.id,
      ...profile,
      role: 'rep',
      active: true,
    })
    await expect(rep.client.users.updateMe({ timezone: 'Nowhere' })).rejects.toMatchObject({
      data: { issues: [{ path: ['timezone'] }] },
    })
  })

  test('keep at least one active admin, and nobody deletes themselves', async () => {
    const { client, owner, addUser } = await openTestCore()
    await expect(client.users.update({ id: owner.userId, role: 'rep' })).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(client.users.update({ id: owner.userId, active: false })).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(client.users.remove({ id: owner.userId })).rejects.toMatchObject({
      code: 'conflict',
    })
    await addUser('Ada', 'admin')
    expect((await client.users.update({ id: owner.userId, role: 'manager' })).role).toBe('manager')
  })

  test('have addresses of their own', async () => {
    const { client } = await openTestCore()
    await client.users.create({ name: 'Ann', email: 'ann@acme.example' })
    await expect(
      client.users.create({ name: 'Other', email: 'ANN@acme.example' }),
    ).rejects.toMatchObject({
      data: { issues: [{ path: 'email' }] },
    })
  })

  test('belong to teams that count them', async () => {
    const { client } = await openTestCore()
    const team = await client.teams.create({ name: 'East' })
    await client.users.create({ name: 'Ann', teamId: team.id })
    expect((await client.teams.get({ id: team.id })).members).toBe(1)
  })
})

describe('a token', () => {
  test('lets its user in while both are valid, and is never kept as it is', async () => {
    const { client, core, addUser, directory } = await openTestCore()
    const rep = await addUser('Rita', 'rep')
    const { token, id } = await client.users.createToken({ id: rep.id, name: 'Script' })
    expect(core.actorForToken(token)).toEqual({
      userId: rep.id,
      role: 'rep',
      door: 'api',
      tokenId: id,
    })
    expect(core.actorForToken(`${token}x`)).toBeUndefined()
    expect((await client.users.tokens({ id: rep.id }))[0]?.lastUsedAt).not.toBeNull()
    const { readFileSync } = await import('node:fs')
    const { join } = await import('node:path')
    for (const file of ['rapport.db', 'rapport.db-wal'])
      expect(readFileSync(join(directory, file)).includes(token)).toBe(false)
    await client.users.update({ id: rep.id, active: false })
    expect(core.actorForToken(token)).toBeUndefined()
    await client.users.update({ id: rep.id, active: true })
    await client.users.revokeToken({ id: rep.id, tokenId: id })
    expect(core.actorForToken(token)).toBeUndefined()
  })
})
