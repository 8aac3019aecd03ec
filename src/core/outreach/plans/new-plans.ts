/** New plans: of a cadence or of steps of their own, for one or many, previewed and then made. */
import type { contract } from '../../../contract'
import type { InputOf } from '../../../contract/kernel/base'
import type { CadenceSettings, CadenceStepInput } from '../../../contract/outreach/cadences'
import type { PlanWithSteps } from '../../../contract/outreach/plans'
import type { WorkingHours } from '../../agenda/working-hours/working-hours'
import type { Actor } from '../../kernel/actor'
import type { Writer } from '../../kernel/database/database'
import { fromInstant } from '../../kernel/database/rows'
import { conflict, invalid, notFound } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { quoted } from '../../kernel/records/records'
import { type Cadences, defaultSettings, withSettings } from '../cadences/cadences'
import { referencesOf } from './candidates'
import { type Enrolled, type Enrolment, messageOf, type PlanSource } from './enrol'
import { createPreview } from './preview'
import type { Progress } from './progress'
import type { PlanReading } from './reading'

type Procedures = (typeof contract)['plans']
type SourceInput = {
  cadenceId?: string | undefined
  name?: string | undefined
  steps?: CadenceStepInput[] | undefined
  settings?: { [K in keyof CadenceSettings]?: CadenceSettings[K] | undefined } | undefined
}

export interface NewPlanOptions {
  cadences: Cadences
  workingHours: WorkingHours
  reading: PlanReading
  progress: Progress
  enrol: Enrolment
}

export function createNewPlans(kernel: Kernel, options: NewPlanOptions) {
  const { database, clock } = kernel
  const { cadences, enrol, reading, progress } = options
  const simulate = createPreview(kernel, options)

  function sourceOf(actor: Actor, input: SourceInput, { isPreview }: { isPreview: boolean }) {
    if ((input.cadenceId === undefined) === (input.steps === undefined))
      throw invalid('cadenceId', 'give either a cadence or steps')
    if (input.cadenceId !== undefined) {
      const { id, ...found } = isPreview
        ? cadences.current(actor, input.cadenceId)
        : cadences.requireActive(actor, input.cadenceId)
      return { ...found, cadenceId: id } satisfies PlanSource
    }
    const settings = withSettings(defaultSettings, input.settings)
    return {
      name: input.name ?? 'Own plan',
      cadenceId: null,
      settings,
      version: cadences.ownSteps(input.steps ?? [], settings, clock.now()),
    } satisfies PlanSource
  }

  function createMany(actor: Actor, input: InputOf<Procedures['createMany']>) {
    const source = sourceOf(actor, input, { isPreview: false })
    const startAt = fromInstant(input.startAt) ?? clock.now()
    const enrolled = enrol(actor, source, { ...input, startAt })
    const accepted = enrolled.filter(({ refused }) => refused === undefined)
    const refused = enrolled.flatMap(({ candidate, refused: reason }) =>
      reason ? [{ ...referencesOf(candidate), reason, message: messageOf(reason) }] : [],
    )
    let batchId: string | null = null
    const ids: string[] = []
    const first = accepted[0]?.candidate
    const many = `${accepted.length} ${accepted.length === 1 ? 'lead' : 'leads'}`
    const name = accepted.length === 1 ? quoted(first?.leadTitle ?? first?.contactName ?? '') : many
    const label = `Add ${name} to ${quoted(source.name)}`
    database.act(actor, { label, kind: accepted.length > 1 ? 'bulk' : 'edit' }, (writer) => {
      if (accepted.length === 0) return
      ids.push(...insert(writer, source, accepted, input.start ? startAt : null))
      batchId = writer.batchId
    })
    return { ids, changed: accepted.length, skipped: refused.length, batchId, refused }
  }

  /** @param startAt null where they are only made, and started later */
  function insert(
    writer: Writer,
    source: PlanSource,
    accepted: Enrolled[],
    startAt: number | null,
  ): string[] {
    if (source.cadenceId === null) cadences.insertVersion(writer, source.version)
    return accepted.map(({ candidate, userId, steps }) =>
      progress.create(
        writer,
        {
          ...source,
          leadId: candidate.leadId,
          contactId: candidate.contactId,
          companyId: candidate.companyId,
          userId,
        },
        { startAt, scheduled: steps[0] },
      ),
    )
  }

  function create(
    actor: Actor,
    { leadId, contactId, ...input }: InputOf<Procedures['create']>,
  ): PlanWithSteps {
    if ((leadId === undefined) === (contactId === undefined))
      throw invalid('leadId', 'give either a lead or a contact')
    const target = {
      leadIds: leadId ? [leadId] : [],
      contactIds: contactId ? [contactId] : [],
      companyIds: [],
    }
    const made = createMany(actor, { ...input, target })
    const refused = made.refused[0]
    if (refused?.reason === 'NOT_FOUND') throw notFound(leadId ? 'lead' : 'contact')
    if (refused) {
      const name = refused.lead?.name ?? refused.contact?.name ?? ''
      throw conflict(`${quoted(name)} ${refused.message}.`, { reason: refused.reason })
    }
    return reading.written(made.ids[0] ?? '')
  }

  return {
    simulate(actor: Actor, input: InputOf<Procedures['simulate']>) {
      const source = sourceOf(actor, input, { isPreview: true })
      return simulate(actor, source, {
        ...input,
        startAt: fromInstant(input.startAt) ?? clock.now(),
      })
    },
    create,
    /** Begins a cadence for leads as part of a greater action; those it refuses are left out. */
    begin(writer: Writer, cadenceId: string, leadIds: string[], startAt: number): void {
      const source = sourceOf(writer.actor, { cadenceId }, { isPreview: false })
      const target = { leadIds, contactIds: [], companyIds: [] }
      const enrolled = enrol(writer.actor, source, { target, startAt })
      insert(
        writer,
        source,
        enrolled.filter(({ refused }) => refused === undefined),
        startAt,
      )
    },
    createMany(actor: Actor, input: InputOf<Procedures['createMany']>) {
      const { ids: _ids, ...result } = createMany(actor, input)
      return result
    },
  }
}
