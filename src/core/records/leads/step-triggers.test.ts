import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { openTestCore } from '../../testing/testing'

test('what is logged on a lead with nothing planned leaves its next step unwritten', async () => {
  const { client, clock, directory } = await openTestCore()
  const connection = new Database(join(directory, 'rapport.db'))
  onTestFinished(() => void connection.close())
  connection.exec(`create table written (lead text);
    create trigger count_next_step after update of next_step_at on lead begin
    insert into written values (new.id); end`)
  const written = () => connection.prepare('select count(*) from written').pluck().get()

  const lead = await client.leads.create({ title: 'Acme' })
  clock.advance(1000)
  await client.activities.create({ type: 'call', leadId: lead.id })
  expect(await client.leads.get({ id: lead.id })).toMatchObject({
    nextStepAt: null,
    lastActivityAt: expect.any(String),
  })
  expect(written()).toBe(0)
  await client.tasks.create({ title: 'Call again', leadId: lead.id, wallTime: '2026-12-10' })
  expect(await client.leads.get({ id: lead.id })).toMatchObject({ nextStepDay: '2026-12-10' })
  expect(written()).toBe(1)
})
