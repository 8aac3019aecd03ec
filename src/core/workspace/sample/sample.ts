/** Sample data for an empty database: a small believable pipeline, one undoable action. */

import { generateNKeysBetween } from 'fractional-indexing'
import type { Reminders } from '../../agenda/reminders/reminders'
import type { Tasks } from '../../agenda/tasks/tasks'
import type { Actor } from '../../kernel/actor'
import type { Patch } from '../../kernel/database/database'
import { conflict } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import type { BulkOutcome } from '../../kernel/records/records'
import { dateIn, endOfDay } from '../../kernel/time/zone'
import type { Plans } from '../../outreach/plans/plans'
import { company } from '../../records/companies/table'
import { contact } from '../../records/contacts/table'
import { lead } from '../../records/leads/table'
import { activity } from '../../timeline/activities/table'

export type SampleData = ReturnType<typeof createSampleData>

const companies = [
  ['Northwind Traders', 'northwind.example', 'Wholesale', 420, 'Seattle', 'United States'],
  ['Kestrel Robotics', 'kestrel.example', 'Manufacturing', 85, 'Brno', 'Czechia'],
  ['Blue Harbor Logistics', 'blueharbor.example', 'Logistics', 1200, 'Rotterdam', 'Netherlands'],
  ['Lumen & Field', 'lumenfield.example', 'Architecture', 36, 'Copenhagen', 'Denmark'],
  ['Sierra Dental Group', 'sierradental.example', 'Healthcare', 240, 'Denver', 'United States'],
  ['Orchard Foods', 'orchardfoods.example', 'Food', 610, 'Lyon', 'France'],
  ['Tidewater Energy', 'tidewater.example', 'Energy', 3100, 'Aberdeen', 'United Kingdom'],
  ['Quill Publishing', 'quill.example', 'Media', 58, 'Dublin', 'Ireland'],
  ['Alpine Outfitters', 'alpine.example', 'Retail', 175, 'Innsbruck', 'Austria'],
  ['Harborview Hotels', 'harborview.example', 'Hospitality', 890, 'Lisbon', 'Portugal'],
] as const

const people = [
  ['Maya', 'Lindqvist', 'Head of Operations'],
  ['Tomáš', 'Novák', 'Chief Technology Officer'],
  ['Femke', 'de Vries', 'Procurement Lead'],
  ['Søren', 'Holm', 'Managing Partner'],
  ['Denise', 'Okafor', 'Practice Manager'],
  ['Luc', 'Moreau', 'Plant Director'],
  ['Fiona', 'McAllister', 'Vice President Supply'],
  ['Aoife', 'Byrne', 'Publisher'],
  ['Jonas', 'Egger', 'Owner'],
  ['Inês', 'Carvalho', 'Group Purchasing Manager'],
] as const

/** Title, company index, stage name, value, days until close, source, priority, next step in days (or none). */
const leads = [
  ['Warehouse scanners, phase 1', 0, 'Proposal', 48_000, 12, 'Referral', 'high', 0.1],
  ['Robot cell maintenance plan', 1, 'Qualified', 22_500, 35, 'Website', 'medium', 1],
  ['Fleet tracking for Benelux', 2, 'Contacted', 96_000, 50, 'Trade fair', 'high', -2],
  ['Daylight study software', 3, 'New', 6_400, 60, 'Website', 'low', undefined],
  ['Patient reminders roll-out', 4, 'Proposal', 31_200, 20, 'Cold call', 'medium', 3],
  ['Cold chain monitoring', 5, 'Contacted', 54_000, 41, 'Referral', 'urgent', 0.2],
  ['Spare parts portal', 6, 'Qualified', 150_000, 90, 'Partner', 'high', 6],
  ['Rights management pilot', 7, 'New', 9_800, 45, 'Website', 'medium', undefined],
  ['Winter season tills', 8, 'Won', 18_300, -6, 'Referral', 'medium', undefined],
  ['Lobby displays, three houses', 9, 'New', 27_000, 75, 'Trade fair', 'medium', 2],
  ['Warehouse scanners, spare units', 0, 'Won', 7_200, -12, 'Upsell', 'low', undefined],
  ['Conveyor retrofit', 5, 'Lost', 88_000, -14, 'Cold call', 'medium', undefined],
  ['Crew scheduling', 6, 'Contacted', 41_500, 33, 'Website', 'medium', -5],
  ['Print-on-demand line', 7, 'Qualified', 36_900, 28, 'Partner', 'medium', 4],
] as const

/** Title, type, priority, lead index (or none), days from today, time of day (or the whole day), rule, minutes before. */
const plannedTasks = [
  ['Send the revised offer', 'proposal', 'high', 0, -1, '16:00', null, []],
  ['Call about delivery dates', 'call', 'urgent', 5, 0, '11:30', null, [30]],
  ['Prepare the reference list', 'other', 'medium', 6, 0, null, null, []],
  ['Weekly pipeline review', 'other', 'medium', null, 1, '09:00', 'FREQ=WEEKLY', [60]],
  ['Demo of the reporting', 'demo', 'high', 4, 2, '14:00', null, [1440, 60]],
  ['Check the payment of December', 'follow_up', 'low', 8, 4, null, 'FREQ=MONTHLY', []],
] as const
/** Notes, lead index, days from today, time of day. */
const plannedReminders = [
  ['Ask for the budget holder', 2, 0, '15:00'],
  ['Congratulate on the new site', 9, 1, '10:00'],
] as const

/** Key of a ready cadence, indexes of leads, days since it began. */
const begunCadences = [
  ['initial_outreach', [3, 9], 1],
  ['re_engagement', [13], 0],
] as const

const day = 86_400_000

export interface SampleNeeds {
  tasks: Tasks
  reminders: Reminders
  plans: Plans
}

export function createSampleData(
  { database, clock, workspace }: Kernel,
  { tasks, reminders, plans }: SampleNeeds,
) {
  const isEmpty = () =>
    ['company', 'contact', 'lead'].every((table) => !database.get(`select 1 from ${table} limit 1`))

  /** @throws conflict where there are records already */
  function load(actor: Actor): BulkOutcome {
    if (!isEmpty())
      throw conflict('Sample data is for an empty database; this one has records already.')
    const stages = database.all<{ id: string; name: string; kind: 'open' | 'won' | 'lost' }>(
      `select stage.id, stage.name, stage.kind from stage join pipeline on pipeline.id = stage.pipeline_id
       where pipeline.is_default = 1 order by stage.position`,
    )
    const now = clock.now()
    let changed = 0
    let batchId: string | null = null
    database.act(actor, { label: 'Load sample data', kind: 'bulk' }, (writer) => {
      batchId = writer.batchId
      const own = { ownerId: actor.userId, createdBy: actor.userId }
      const companyIds = companies.map(([name, domain, industry, employees, city, country]) =>
        writer.insert(company, {
          ...own,
          name,
          domain,
          website: `https://${domain}`,
          industry,
          employees,
          city,
          country,
        }),
      )
      const contactIds = people.map(([firstName, lastName, jobTitle], index) =>
        writer.insert(contact, {
          ...own,
          firstName,
          lastName,
          name: `${firstName} ${lastName}`,
          jobTitle,
          email: `${plain(firstName)}@${companies[index]?.[1]}`,
          phone: `+1 555 01${String(index).padStart(2, '0')}`,
          companyId: companyIds[index],
        }),
      )
      const leadIds: string[] = []
      const positions = generateNKeysBetween(null, null, leads.length)
      for (const [index, position] of positions.entries()) {
        const entry = leads[index]
        if (!entry) continue
        const [title, at, stageName, value, closeIn, source, priority, nextIn] = entry
        const stage = stages.find((row) => row.name === stageName) ?? stages[0]
        if (!stage) throw conflict('The pipeline has no stages.')
        const created = now - (30 - index) * day
        const closedAt = stage.kind === 'open' ? null : now + closeIn * day
        const links = { companyId: companyIds[at], contactId: contactIds[at] }
        const leadId = writer.insert(lead, {
          ...own,
          ...links,
          title,
          stageId: stage.id,
          status: stage.kind,
          valueMinor: workspace.minor(value),
          currency: workspace.currency(),
          expectedCloseDate: new Date(now + closeIn * day).toISOString().slice(0, 10),
          source,
          priority,
          position,
          // A closed lead reached its stage when it closed, and an import holds it to that.
          stageEnteredAt: closedAt ?? created + 2 * day,
          closedAt,
          lostReason: stage.kind === 'lost' ? 'Chose another supplier' : null,
          createdAt: created,
        })
        leadIds.push(leadId)
        const log = (values: Patch<typeof activity> & { type: string }) =>
          writer.insert(activity, {
            ...links,
            leadId,
            userId: actor.userId,
            createdBy: actor.userId,
            ...values,
          })
        log({
          type: 'call',
          subject: 'First call',
          description: 'Asked about their current set-up, who decides and when.',
          occurredAt: onTheHalfHour(created + day),
          durationMinutes: 12,
          outcome: 'interested',
          direction: 'outbound',
        })
        if (index % 2 === 0)
          log({
            type: 'email',
            subject: 'Sent the product overview',
            occurredAt: onTheHalfHour(created + 2 * day),
            direction: 'outbound',
          })
        if (index % 3 === 0)
          log({
            type: 'meeting',
            subject: 'Site visit',
            description:
              'Walked through the floor together. Biggest worry: downtime during the change.',
            occurredAt: onTheHalfHour(created + 5 * day),
            durationMinutes: 60,
            outcome: 'follow_up_required',
          })
        if (nextIn !== undefined)
          log({
            type: 'follow_up',
            subject: 'Follow up',
            scheduledAt: onTheHalfHour(now + nextIn * day),
          })
      }
      const zone = workspace.timezone()
      const dayAway = (days: number) => {
        let date = dateIn(now, zone)
        for (let left = days; left > 0; left--) date = dateIn(endOfDay(date, zone), zone)
        return days < 0 ? dateIn(now + days * day, zone) : date
      }
      for (const [title, type, priority, at, days, time, recurrence, before] of plannedTasks)
        tasks.insert(writer, {
          title,
          type,
          priority,
          leadId: at === null ? null : (leadIds[at] ?? null),
          wallTime: time ? `${dayAway(days)}T${time}` : dayAway(days),
          zone,
          recurrence,
          reminderMinutes: [...before],
        })
      for (const [notes, at, days, time] of plannedReminders)
        reminders.insert(writer, {
          notes,
          leadId: leadIds[at] ?? null,
          wallTime: `${dayAway(days)}T${time}`,
          zone,
        })
      for (const [key, at, ago] of begunCadences) {
        const id = database.value<string>(
          `select id from cadence where ready = ? and state = 'active' and deleted_at is null`,
          key,
        )
        const begun = at.flatMap((index) => leadIds[index] ?? [])
        if (id) plans.begin(writer, id, begun, now - ago * day)
      }
      changed = companyIds.length + contactIds.length + leads.length
    })
    return { changed, skipped: 0, batchId }
  }

  return {
    load,
    loadWhereEmpty(actor: Actor): void {
      if (isEmpty()) load(actor)
    },
  }
}

/** Nobody plans for 3:19. */
const onTheHalfHour = (at: number) => Math.round(at / 1_800_000) * 1_800_000

const plain = (name: string) =>
  name
    .replaceAll('ø', 'o')
    .normalize('NFKD')
    .replace(/[^a-z]/gi, '')
    .toLowerCase()
