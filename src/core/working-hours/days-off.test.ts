import { expect, it } from 'vitest'
import { openTestCore } from '../testing'

it('takes a week off away in one go, and an undo brings all of it back', async () => {
  const { client } = await openTestCore()
  const daysOff = client.workingHours.daysOff
  await daysOff.add({ from: '2026-12-21', to: '2026-12-27', name: 'Skiing' })
  const span = { from: '2026-12-01', to: '2026-12-31', storedOnly: true }
  const ids = (await daysOff.list(span)).flatMap(({ id }) => id ?? [])
  expect(ids).toHaveLength(7)

  const { changed, batchId } = await daysOff.removeMany({ ids })
  expect(changed).toBe(7)
  expect(await daysOff.list(span)).toEqual([])
  expect(await daysOff.removeMany({ ids })).toEqual({ changed: 0, skipped: 7, batchId: null })

  await client.changes.undo({ batchId: batchId ?? '' })
  expect(await daysOff.list(span)).toHaveLength(7)
})

it('lets a rep remove its own days off and nobody else’s', async () => {
  const { client, addUser } = await openTestCore()
  const { id: userId, client: rep } = await addUser('Rita', 'rep')
  const own = { from: '2026-12-21', name: 'Training', userId }
  await rep.workingHours.daysOff.add(own)
  await client.workingHours.daysOff.add({ from: '2026-12-21', name: 'Closed' })
  const days = await rep.workingHours.daysOff.list({
    userId,
    from: '2026-12-21',
    to: '2026-12-21',
    storedOnly: true,
  })
  expect(days).toHaveLength(2)
  const ids = days.flatMap(({ id }) => id ?? [])
  await expect(rep.workingHours.daysOff.removeMany({ ids })).rejects.toThrow('Only a manager')
  const mine = days.filter(({ user }) => user !== null).flatMap(({ id }) => id ?? [])
  expect((await rep.workingHours.daysOff.removeMany({ ids: mine })).changed).toBe(1)
})

it('shows the public holidays of a country before it is kept, and refuses one that has no list', async () => {
  const { client } = await openTestCore()
  const span = { from: '2026-12-24', to: '2026-12-26' }
  const names = async (tried: object) =>
    (await client.workingHours.daysOff.list({ ...span, ...tried })).map(({ date }) => date)
  expect(await names({})).toEqual([])
  expect(await names({ country: 'CZ' })).toEqual(['2026-12-24', '2026-12-25', '2026-12-26'])
  expect(await names({ country: 'US' })).toEqual(['2026-12-25'])
  await expect(names({ country: 'XX' })).rejects.toThrow('must be a country with a list')
  await expect(names({ country: 'US', region: 'ZZ' })).rejects.toThrow('must be a region of')
})
