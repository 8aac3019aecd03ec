import { expect, test } from 'vitest'
import { openSecondProgram } from '../../testing/second'
import { openTestCore } from '../../testing/testing'
import { type After, createReactions, reaction } from './after'

async function open() {
  const core = await openTestCore()
  const { kernel } = openSecondProgram(core)
  const heard: string[] = []
  const faults: unknown[] = []
  let isBroken = false
  const listen: After = reaction<string>({
    name: 'listen',
    tables: ['company'],
    find: (changes) => changes.map(({ after }) => String(after.name)),
    react(names) {
      heard.push(...names)
      if (isBroken) throw new Error('Cut short.')
    },
  })
  const start = () =>
    createReactions(kernel, { after: [listen], report: (fault) => void faults.push(fault) })
  return {
    ...core,
    heard,
    faults,
    start,
    break: (now: boolean) => {
      isBroken = now
    },
    create: (name: string) => core.client.companies.create({ name }),
  }
}

test('a reaction hears every change once it is there, and once', async () => {
  const { create, start, heard } = await open()
  await create('Before')
  const reactions = start()
  await create('Acme')
  await reactions.catchUp(() => true)
  await create('Globex')
  await reactions.catchUp(() => true)
  await reactions.catchUp(() => true)
  expect(heard).toEqual(['Acme', 'Globex'])
})

test('what was cut short is done again by the next program, and none where another one works', async () => {
  const { create, start, heard, faults, break: setBroken } = await open()
  const reactions = start()
  await create('Acme')
  setBroken(true)
  await reactions.catchUp(() => true)
  expect(faults).toHaveLength(1)
  setBroken(false)
  const next = start()
  await next.catchUp(() => false)
  expect(heard).toEqual(['Acme'])
  await next.catchUp(() => true)
  expect(heard).toEqual(['Acme', 'Acme'])
})

test('an action is read whole, however many rows it changed', async () => {
  const core = await openTestCore()
  const { kernel } = openSecondProgram(core)
  const portions: number[] = []
  const reactions = createReactions(kernel, {
    after: [
      {
        name: 'count',
        tables: ['company'],
        find: (changes) => [...changes],
        react: (changes) => void portions.push(changes.length),
      },
    ],
    report: (fault) => {
      throw fault
    },
  })
  const { id } = await core.client.companies.create({ name: 'Acme' })
  kernel.database.act(core.owner, { label: 'Change much' }, (writer) => {
    for (let number = 0; number < 1200; number++)
      writer.run('update company set city = ? where id = ?', `City ${number}`, id)
  })
  await core.client.companies.create({ name: 'Globex' })
  await reactions.catchUp(() => true)
  expect(portions).toEqual([1201, 1])
})
