import { expect, test } from 'vitest'
import { openTestCore } from '../../testing/testing'

type Opened = Awaited<ReturnType<typeof openTestCore>>
type Rep = Awaited<ReturnType<Opened['addUser']>>

/** Each makes a rep's stream end; a stream that stays open would keep the test waiting. */
const endings: Record<string, (opened: Opened, rep: Rep, tokenId: string) => Promise<unknown>> = {
  'its token is revoked': ({ client }, rep, tokenId) =>
    client.users.revokeToken({ id: rep.id, tokenId }),
  'its user is switched off': ({ client }, rep) =>
    client.users.update({ id: rep.id, active: false }),
  'its user is deleted': ({ client }, rep) => client.users.remove({ id: rep.id }),
  'its user is given another role': ({ client }, rep) =>
    client.users.update({ id: rep.id, role: 'manager' }),
}

for (const [what, happens] of Object.entries(endings))
  test(`Live events end at once when ${what}`, async () => {
    const opened = await openTestCore()
    const { client, core, as, addUser } = opened
    const rep = await addUser('Rita', 'rep')
    const { token, id: tokenId } = await client.users.createToken({ id: rep.id, name: 'Script' })
    const actor = core.actorForToken(token)
    if (!actor) throw new Error('The token lets nobody in.')
    const events = await as(actor).changes.events()
    const heard: string[] = []
    const ended = (async () => {
      for await (const { label } of events) heard.push(label)
    })()
    await client.leads.create({ title: 'Secret' })
    await happens(opened, rep, tokenId)
    await ended
    expect(heard).toEqual(['Changed by somebody else'])
  })

test('A rep hears that others changed something, but neither what nor which', async () => {
  const { client, addUser } = await openTestCore()
  const rep = await addUser('Rita', 'rep')
  const lead = await client.leads.create({ title: 'Secret' })
  const events = await rep.client.changes.events()
  await client.leads.update({ id: lead.id, title: 'Still secret' })
  const { value } = await events.next()
  expect(value).toMatchObject({ label: 'Changed by somebody else', tables: { lead: null } })
  expect(JSON.stringify(value)).not.toMatch(new RegExp(`ecret|${lead.id}`))
  await events.return()
})
