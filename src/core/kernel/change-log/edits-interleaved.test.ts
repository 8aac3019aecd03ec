/** Two editors at random: no text that was acknowledged is overwritten by somebody who has not seen it. */
import { ORPCError } from '@orpc/server'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Clash } from '../../../contract/kernel/based-on'
import { openTestCore } from '../../testing/testing'

const fields = ['description', 'address', 'city'] as const
type Field = (typeof fields)[number]
type Texts = Record<Field, string | null>

type Step =
  | { who: 0 | 1; does: 'open' }
  | { who: 0 | 1; does: 'type'; field: Field; text: string }
  | { who: 0 | 1; does: 'save'; onClash: 'mine' | 'theirs' | 'both' | 'later' }

const who = fc.constantFrom<0 | 1>(0, 1)
const steps = fc.array(
  fc.oneof(
    fc.record({ who, does: fc.constant('open' as const) }),
    fc.record({
      who,
      does: fc.constant('type' as const),
      field: fc.constantFrom(...fields),
      text: fc.constantFrom('a', 'b', 'c', 'a longer text'),
    }),
    fc.record({
      who,
      does: fc.constant('save' as const),
      onClash: fc.constantFrom('mine', 'theirs', 'both', 'later'),
    }),
  ),
  { minLength: 1, maxLength: 30 },
)

interface Editor {
  /** What the form was opened with, field by field renewed by what a clash has shown. */
  seen: Texts
  typed: Partial<Texts>
}

it('No acknowledged text is overwritten without having been seen', async () => {
  const { client, addUser } = await openTestCore()
  const clients = [client, (await addUser('Riley', 'admin')).client] as const
  let number = 0

  await fc.assert(
    fc.asyncProperty(steps, async (history: Step[]) => {
      number++
      const { id } = await client.companies.create({ name: `Company ${number}` })
      const read = async (): Promise<Texts> => {
        const { description, address, city } = await client.companies.get({ id })
        return { description, address, city }
      }
      let stored = await read()
      const editors: [Editor, Editor] = [
        { seen: { ...stored }, typed: {} },
        { seen: { ...stored }, typed: {} },
      ]
      for (const step of history) {
        const editor = editors[step.who]
        if (step.does === 'open') {
          editor.seen = { ...stored }
          editor.typed = {}
        } else if (step.does === 'type') editor.typed[step.field] = step.text
        else {
          const clashes = await save(clients[step.who], id, editor)
          const now = await read()
          if (clashes === null) {
            for (const field of fields) {
              const mine = editor.typed[field]
              const changed = mine !== undefined && mine !== editor.seen[field]
              // What was overwritten had been seen, and what was not edited is as it was.
              if (!changed) expect(now[field]).toBe(stored[field])
              else {
                expect(now[field]).toBe(mine)
                expect([editor.seen[field], mine]).toContain(stored[field])
              }
            }
            editor.seen = { ...now }
            editor.typed = {}
          } else {
            expect(now).toEqual(stored)
            for (const { field, current, yours } of clashes) {
              const name = field as Field
              expect(current).toBe(stored[name])
              expect(yours).toBe(editor.typed[name])
              if (step.onClash === 'later') continue
              editor.seen[name] = stored[name]
              if (step.onClash === 'theirs') delete editor.typed[name]
              if (step.onClash === 'both') editor.typed[name] = `${stored[name]}${yours}`
            }
          }
          stored = now
        }
      }
    }),
    { numRuns: Number(process.env.HISTORIES ?? 40) },
  )
}, 120_000)

/** The clashes; null where it was saved. */
async function save(
  client: Awaited<ReturnType<typeof openTestCore>>['client'],
  id: string,
  { seen, typed }: Editor,
): Promise<Clash[] | null> {
  // As a careless form sends it: all that it shows, changed or not.
  const edit = { ...seen, ...typed }
  try {
    await client.companies.update({ id, ...edit, basedOn: seen })
    return null
  } catch (error) {
    if (!(error instanceof ORPCError) || error.code !== 'clash') throw error
    return (error.data as { clashes: Clash[] }).clashes
  }
}
