import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { noMailer } from '../../kernel/host/mailer'
import { accountAt, openPostOffice } from '../../testing/mail'
import { openTestCore } from '../../testing/testing'

test('a test message arrives, and says who sent it', async () => {
  const office = await openPostOffice({ password: 'open sesame' })
  const { client } = await openTestCore()
  const account = await client.mail.accounts.create({
    ...accountAt(office),
    replyTo: 'team@rapport.example',
    username: 'ada',
    password: 'open sesame',
  })
  const answer = await client.mail.accounts.test({ id: account.id, to: 'me@home.example' })
  expect(answer).toEqual({
    ok: true,
    message: '127.0.0.1 has taken the message for me@home.example.',
  })
  expect(office.users).toEqual(['ada'])
  expect(office.envelopes).toEqual([{ from: 'ada@rapport.example', to: ['me@home.example'] }])
  expect(office.letters[0]).toMatchObject({
    from: { name: 'Ada Rep', address: 'ada@rapport.example' },
    replyTo: [{ address: 'team@rapport.example' }],
    to: [{ address: 'me@home.example' }],
    subject: 'A test message from Rapport',
    date: '2026-11-20T09:30:00.000Z',
  })
  expect(office.letters[0]?.messageId).toMatch(/^<[0-9a-f-]{36}@rapport\.example>$/)
})

test('without a safe place a password lasts as long as the program runs, and is never on the disk', async () => {
  const office = await openPostOffice({ password: 'open sesame' })
  const { client, directory, close } = await openTestCore()
  const account = await client.mail.accounts.create({
    ...accountAt(office),
    username: 'ada',
    password: 'open sesame',
  })
  expect(account.password).toBe('this_run')
  expect(account).not.toHaveProperty('secret')
  await close()
  expect(readFileSync(join(directory, 'rapport.db')).includes('open sesame')).toBe(false)
  const { client: later } = await openTestCore({ directory })
  const [found] = await later.mail.accounts.list()
  expect(found?.password).toBe('missing')
  expect(await later.mail.accounts.test({ id: account.id, to: 'me@home.example' })).toEqual({
    ok: false,
    message: 'The password of “Sales” has to be entered again in the settings.',
  })
  expect(office.letters).toEqual([])
})

test('the password of one server is not sent to another', async () => {
  const office = await openPostOffice()
  const { client } = await openTestCore()
  const { id } = await client.mail.accounts.create({
    ...accountAt(office),
    username: 'ada',
    password: 'open sesame',
  })
  expect((await client.mail.accounts.update({ id, name: 'Renamed' })).password).toBe('this_run')
  expect((await client.mail.accounts.update({ id, host: 'localhost' })).password).toBe('missing')
})

test('an undo tells the password of one server to no other', async () => {
  const office = await openPostOffice({ password: 'open sesame' })
  const { client } = await openTestCore()
  const { id } = await client.mail.accounts.create({ ...accountAt(office), username: 'ada' })
  const password = async () => (await client.mail.accounts.get({ id })).password
  await client.mail.accounts.update({ id, host: 'localhost', password: 'open sesame' })
  await client.changes.undo({})
  expect(await client.mail.accounts.get({ id })).toMatchObject({
    host: '127.0.0.1',
    password: 'missing',
  })
  expect((await client.mail.accounts.test({ id, to: 'me@home.example' })).ok).toBe(false)
  expect(office.users).toEqual([])
  await client.changes.redo({})
  expect(await password()).toBe('this_run')
  await client.mail.accounts.update({ id, name: 'Renamed' })
  await client.mail.accounts.update({ id, username: 'bea' })
  expect(await password()).toBe('this_run')
  await client.mail.accounts.update({ id, username: 'ada' })
  await client.mail.accounts.update({ id, name: 'Named again' })
  await client.changes.undo({})
  expect(await client.mail.accounts.get({ id })).toMatchObject({
    name: 'Renamed',
    password: 'this_run',
  })
})

test('an undo sends no password in the clear across a network', async () => {
  const { client } = await openTestCore()
  const { id } = await client.mail.accounts.create({
    name: 'Open',
    fromAddress: 'a@b.example',
    host: 'smtp.b.example',
    security: 'none',
  })
  await client.mail.accounts.update({ id, security: 'starttls' })
  const [safe] = await client.changes.batches({ limit: 1 })
  await client.mail.accounts.update({ id, username: 'ada', password: 'open sesame' })
  expect((await client.mail.accounts.get({ id })).password).toBe('this_run')
  await client.changes.undo({ batchId: safe?.id ?? '' })
  expect(await client.mail.accounts.get({ id })).toMatchObject({
    security: 'none',
    username: 'ada',
    password: 'missing',
  })
})

test('a password is not sent in the clear across a network', async () => {
  const { client } = await openTestCore()
  await expect(
    client.mail.accounts.create({
      name: 'Open',
      fromAddress: 'a@b.example',
      host: 'smtp.b.example',
      security: 'none',
      username: 'a',
      password: 'x',
    }),
  ).rejects.toThrow('security: must be TLS or STARTTLS where a password is sent')
})

test('what went wrong is said in words', async () => {
  const office = await openPostOffice({ password: 'right' })
  const { client } = await openTestCore()
  const { id } = await client.mail.accounts.create({
    ...accountAt(office),
    username: 'ada',
    password: 'wrong',
  })
  const attempt = () => client.mail.accounts.test({ id, to: 'me@home.example' })
  expect((await attempt()).message).toMatch(/did not accept user name and password.*Wrong name/)
  await client.mail.accounts.update({ id, username: null, port: 1 })
  expect((await attempt()).message).toMatch(/could not be reached/)
})

test('reps keep accounts of their own and leave those of everybody alone', async () => {
  const office = await openPostOffice()
  const core = await openTestCore()
  const shared = await core.client.mail.accounts.create(accountAt(office))
  expect(shared).toMatchObject({ shared: true, isDefault: true, user: null })
  const rep = await core.addUser('Rep', 'rep')
  const other = await core.addUser('Other', 'rep')
  await expect(rep.client.mail.accounts.create(accountAt(office))).rejects.toThrow(
    'shared: accounts for everybody are made by a manager or admin',
  )
  await expect(
    rep.client.mail.accounts.update({ id: shared.id, fromAddress: 'evil@b.example' }),
  ).rejects.toThrow('belongs to everybody')
  const own = await rep.client.mail.accounts.create({ ...accountAt(office), shared: false })
  expect(own.user).toEqual({ id: rep.id, name: 'Rep' })
  expect((await rep.client.mail.accounts.list()).map(({ id }) => id)).toEqual([shared.id, own.id])
  expect((await other.client.mail.accounts.list()).map(({ id }) => id)).toEqual([shared.id])
  await expect(other.client.mail.accounts.get({ id: own.id })).rejects.toThrow('does not exist')
})

test('there is one default account at a time', async () => {
  const office = await openPostOffice()
  const { client } = await openTestCore()
  const first = await client.mail.accounts.create(accountAt(office))
  const second = await client.mail.accounts.create({ ...accountAt(office), isDefault: true })
  const defaults = (await client.mail.accounts.list()).filter(({ isDefault }) => isDefault)
  expect(defaults.map(({ id }) => id)).toEqual([second.id])
  await client.mail.accounts.update({ id: first.id, isDefault: true })
  await client.mail.accounts.remove({ id: second.id })
  expect(await client.mail.accounts.list()).toMatchObject([{ id: first.id, isDefault: true }])
})

test('an undo makes no second default account', async () => {
  const office = await openPostOffice()
  const { client } = await openTestCore()
  const add = (name: string, isDefault = false) =>
    client.mail.accounts.create({ ...accountAt(office), name, isDefault })
  const [, second, third] = [await add('First'), await add('Second'), await add('Third')]
  await client.mail.accounts.update({ id: second.id, isDefault: true })
  const [chosen] = await client.changes.batches({ limit: 1 })
  await client.mail.accounts.update({ id: third.id, isDefault: true })
  await expect(client.changes.undo({ batchId: chosen?.id ?? '' })).rejects.toMatchObject({
    code: 'conflict',
    data: {
      refused: expect.arrayContaining([
        {
          table: 'mail_account',
          rowId: expect.any(String),
          name: 'First',
          reason: 'another has its place now',
        },
      ]),
    },
  })
  const defaults = (await client.mail.accounts.list()).filter(({ isDefault }) => isDefault)
  expect(defaults.map(({ id }) => id)).toEqual([third.id])
})

test('where no account is set up a mailer says so', async () => {
  expect(
    await noMailer.send({ to: 'a@b.example', subject: '', text: '', html: '', messageId: 'a@b' }),
  ).toMatchObject({ outcome: 'failed', retry: false })
})
