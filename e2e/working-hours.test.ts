/** Working time as a manager sets it: of another, with a country tried out and a calendar file taken in. */
import { expect, test } from 'vitest'
import { startWeb } from './web'

const calendar = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//test//EN',
  'BEGIN:VEVENT',
  'UID:closing@acme.example',
  'DTSTAMP:20260101T000000Z',
  'DTSTART;VALUE=DATE:20281227',
  'DTEND;VALUE=DATE:20281230',
  'SUMMARY:Between the years',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n')

test('a manager gives somebody a country, seen before it is saved, and days off from a file', async () => {
  const web = await startWeb()
  const rita = await web.api<{ id: string }>('POST', '/users', { name: 'Rita Rep', role: 'rep' })
  const page = await web.open('/settings/working-hours')
  await page.getByText('Somebody’s', { exact: true }).click()
  await page.getByRole('combobox', { name: 'Whose', exact: true }).click()
  await page.getByRole('option', { name: 'Rita Rep' }).click()
  await page.getByText('Their own').click()

  await page.getByRole('combobox', { name: 'Public holidays of' }).click()
  await page.getByRole('combobox', { name: 'Public holidays of' }).fill('Norw')
  await page.getByRole('option', { name: 'Norway' }).click()
  await page.getByText('As they would be kept once this is saved.').waitFor()
  await page.getByRole('button', { name: /^\d+ more$/ }).click()
  await page.getByText('Grunnlovsdagen').first().waitFor()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('from the list that comes with Rapport').waitFor()

  await page.getByLabel('Calendar file with days off').setInputFiles({
    name: 'closing.ics',
    mimeType: 'text/calendar',
    buffer: Buffer.from(calendar),
  })
  await page.getByText('3 days added').waitFor()
  await page.getByText('Between the years').waitFor()
  await page.getByText('from a file').waitFor()

  const effective = async (query: string) =>
    (await web.api<{ effective: { country: string | null } }>('GET', `/working-hours${query}`))
      .effective.country
  expect([await effective(`?userId=${rita.id}`), await effective('')]).toEqual(['NO', null])
})
