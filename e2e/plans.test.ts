/** The queue under quick fingers: a key does one step, whatever the core takes to answer. */
import { expect, test } from 'vitest'
import { holdUp, intercept } from './intercept'
import { startWeb, type WebProgram } from './web'

interface Plan {
  id: string
  step: { stepId: string; position: number } | null
  steps: { state: string; outcome: string | null }[]
}

async function twoCalls({ api }: WebProgram, title = 'Renewal') {
  const lead = await api<{ id: string }>('POST', '/leads', { title })
  return await api<Plan>('POST', '/plans', {
    leadId: lead.id,
    name: 'Call twice',
    settings: { workingTimeOnly: false },
    steps: [{ type: 'call' }, { type: 'call' }],
  })
}

test('an outcome that is pressed twice completes one step, and other keys wait for it', async () => {
  const web = await startWeb()
  const { id } = await twoCalls(web)
  await twoCalls(web, 'Second lead')
  const page = await web.open('/queue')
  await page.getByText('1 of 2', { exact: true }).waitFor()
  await page.getByRole('region', { name: 'The step' }).getByText('Renewal').first().waitFor()
  let asked = 0
  page.on('request', (request) => {
    if (request.url().endsWith('/rpc/plans/stopping')) asked++
  })
  const release = await holdUp(page, 'plans/stopping', 'continue')
  await page.keyboard.press('1')
  await expect.poll(() => asked).toBe(1)
  for (const key of ['1', 's', 'n', 'Enter']) await page.keyboard.press(key)
  expect(await page.getByRole('dialog').count()).toBe(0)
  release()
  await page.getByText('Completed a step of the plan of “Renewal”').waitFor()
  expect(asked).toBe(1)
  const plan = await web.api<Plan>('GET', `/plans/${id}`)
  expect(plan.step?.position).toBe(1)
  expect(plan.steps.map(({ state }) => state)).toEqual(['done', 'open'])
})

test('a step that was done elsewhere meanwhile is not done again for the one after it', async () => {
  const web = await startWeb()
  const { id, step } = await twoCalls(web)
  const page = await web.open('/queue')
  await page.getByText('1 of 1', { exact: true }).waitFor()
  // What happens elsewhere is not heard of before the key is pressed.
  await intercept(page, 'plans/completeStep', async (route) => {
    await web.api('POST', `/plans/${id}/complete-step`, { stepId: step?.stepId })
    await route.continue()
  })
  await page.getByRole('textbox', { name: 'What came of it' }).fill('Nobody there')
  await page.keyboard.press('Control+Enter')
  await page.getByText('is at another step by now').waitFor()
  const plan = await web.api<Plan>('GET', `/plans/${id}`)
  expect(plan.steps.map(({ state }) => state)).toEqual(['done', 'open'])
  // What was written on it is a draft again.
  await expect.poll(() => web.api('GET', '/drafts')).toMatchObject([{ content: 'Nobody there' }])
})

test('on a phone Today says in whole sentences that its steps are in the queue', async () => {
  const web = await startWeb()
  await twoCalls(web)
  await twoCalls(web, 'Second lead')
  const page = await web.open('/today', { viewport: { width: 390, height: 844 } })
  const link = page.getByRole('button', { name: /^2 of these are cadence steps/ })
  await link.waitFor()
  const right = async () => {
    const box = await link.boundingBox()
    return box ? box.x + box.width : Number.POSITIVE_INFINITY
  }
  await expect.poll(right).toBeLessThanOrEqual(390 - 12)
})

test('on a phone the next step can be done at once: the toast of the last one covers no button', async () => {
  const web = await startWeb()
  await twoCalls(web)
  await twoCalls(web, 'Second lead')
  const page = await web.open('/queue', {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  })
  await page.getByRole('main').getByText('Renewal').first().tap()
  const done = page.getByRole('button', { name: 'Done', exact: true })
  await done.tap()
  await page.getByText('Completed a step of the plan of “Renewal”').waitFor()
  // A tap waits until nothing else would take it: the toast stays for seven seconds.
  await page.getByRole('region', { name: 'The step' }).getByText('Second lead').first().waitFor()
  await done.tap({ timeout: 4000 })
  await page.getByText('Completed a step of the plan of “Second lead”').waitFor()
})
