/** What a cadence's steps may say: the same rule while they are written, saved and put to work. */
import { describe, expect, test } from 'vitest'
import { openTestCore } from '../../testing/testing'

const unknown = 'there is no placeholder contact.frist_name (line 1, column 10)'
const misspelt = 'Hello {{ contact.frist_name }}'

describe('a placeholder that does not exist', () => {
  test('is reported at its step and field while the steps are written, and keeps them from work', async () => {
    const { client } = await openTestCore()
    const steps = [
      { type: 'call', subject: '{{ lead.title }}' },
      {
        type: 'email',
        variants: [
          {
            key: 'A',
            weight: 1,
            subject: 'A',
            body: 'Hi {{ contact.first_name | default: "you" }}',
          },
          { key: 'B', weight: 1, subject: misspelt, body: 'one\ntwo {{ lead.title | shout }}' },
        ],
      },
      { type: 'call', body: misspelt },
    ]
    const issues = [
      { path: 'steps.1.variants.1.subject', message: unknown },
      { path: 'steps.1.variants.1.body', message: 'there is no filter shout (line 2, column 5)' },
      { path: 'steps.2.body', message: unknown },
    ]
    expect(await client.cadences.check({ steps })).toEqual({ issues })
    await expect(
      client.cadences.create({ name: 'Misspelt', state: 'active', steps }),
    ).rejects.toMatchObject({ data: { issues } })
    // What is being written may be kept unfinished; it does not go to work so.
    const draft = await client.cadences.create({ name: 'Misspelt', steps })
    expect(draft.issues).toEqual(issues)
    await expect(client.cadences.update({ id: draft.id, state: 'active' })).rejects.toMatchObject({
      data: { issues },
    })
  })

  test('is refused in the steps of one plan too', async () => {
    const { client } = await openTestCore()
    const lead = await client.leads.create({ title: 'Renewal' })
    await expect(
      client.plans.create({ leadId: lead.id, steps: [{ type: 'call', body: misspelt }] }),
    ).rejects.toMatchObject({ data: { issues: [{ path: 'steps.0.body', message: unknown }] } })
    expect((await client.plans.list({})).total).toBe(0)
  })
})

test('custom fields and snippets are placeholders of a step like any other', async () => {
  const { client } = await openTestCore()
  await client.templates.create({ kind: 'snippet', name: 'Greeting', body: 'Good day' })
  const steps = [{ type: 'call', body: '{{ snippets.greeting }}, {{ contact.custom.pet }}' }]
  expect(await client.cadences.check({ steps })).toEqual({
    issues: [
      {
        path: 'steps.0.body',
        message: 'there is no placeholder contact.custom.pet (line 1, column 29)',
      },
    ],
  })
  await client.settings.customFields.create({
    table: 'contact',
    label: 'Pet',
    type: 'text',
  })
  expect(await client.cadences.check({ steps })).toEqual({ issues: [] })
})

test('a snippet that a step calls for is not deleted, until the step has let go of it', async () => {
  const { client } = await openTestCore()
  const snippet = await client.templates.create({ kind: 'snippet', name: 'Intro', body: 'Hi' })
  const variant = { weight: 1, subject: null }
  const { id } = await client.cadences.create({
    name: 'Outreach',
    steps: [
      { type: 'call', body: '{{ snippets.intro' },
      {
        type: 'email',
        variants: [
          { key: 'A', ...variant, body: 'x' },
          { key: 'B', ...variant, body: '{{ snippets.intro }}' },
        ],
      },
    ],
  })
  await expect(client.templates.remove({ id: snippet.id })).rejects.toThrow('used by “Outreach”')
  await client.cadences.setSteps({ id, steps: [{ type: 'call' }] })
  await client.templates.remove({ id: snippet.id })
})

test('the ready cadences say nothing that cannot be filled in', async () => {
  const { client } = await openTestCore()
  const { items } = await client.cadences.list({})
  expect(items.length).toBe(3)
  for (const { id } of items) expect((await client.cadences.get({ id })).issues).toEqual([])
})
