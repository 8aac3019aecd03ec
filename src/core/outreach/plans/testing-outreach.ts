/** What tests of plans begin with: a cadence and a lead to work with it. */
import type { CadenceStepInput } from '../../../contract/outreach/cadences'
import type { TestCore } from '../../testing/testing'

export type StepDraft = Partial<CadenceStepInput> & { type: string }

/** An active cadence with these steps, and an open lead with a contact. */
export async function prepareOutreach(core: TestCore, steps: StepDraft[], settings = {}) {
  const { client } = core
  const cadence = await client.cadences.create({
    name: 'Outreach',
    state: 'active',
    steps,
    settings,
  })
  const company = await client.companies.create({ name: 'Acme' })
  const contact = await client.contacts.create({
    firstName: 'Ada',
    lastName: 'Byron',
    email: 'ada@acme.example',
    companyId: company.id,
  })
  const lead = await client.leads.create({
    title: 'Acme renewal',
    companyId: company.id,
    contactId: contact.id,
  })
  return { cadence, company, contact, lead }
}

export const callThenEmail: StepDraft[] = [
  { type: 'call', subject: 'First call' },
  { type: 'email', delay: 2, delayUnit: 'business_days', subject: 'As promised' },
]
