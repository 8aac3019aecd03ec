/** Kinds of thing a field can point at, and how they are looked up. */
import { queryOptions } from '@tanstack/react-query'
import { fold } from '../../contract/kernel/fold'
import type { Reference } from '../../contract/kernel/shapes'
import { client } from '../api'

export const referenceKinds = [
  'company',
  'contact',
  'lead',
  'customer',
  'user',
  'team',
  'stage',
  'pipeline',
] as const
export type ReferenceKind = (typeof referenceKinds)[number]

export interface ReferenceOption extends Reference {
  /** What tells it apart: e-mail address, company, pipeline … */
  detail?: string | undefined
  /** Of a stage. */
  color?: string
}

const most = 20

/** The things of a kind that fit what was typed; the first ones when nothing was. */
export const findReferences = (kind: ReferenceKind, typed: string) =>
  queryOptions({
    queryKey: [[pathByKind[kind], 'references'], { input: { kind, typed } }],
    queryFn: () => finders[kind](typed.trim()),
  })

/** Beginning of the procedure paths of a kind, so that the change feed refreshes the lookups too. */
const pathByKind: Readonly<Record<ReferenceKind, string>> = {
  company: 'companies',
  contact: 'contacts',
  lead: 'leads',
  customer: 'customers',
  user: 'users',
  team: 'teams',
  stage: 'pipeline',
  pipeline: 'pipeline',
}

/** One thing by its id, for a filter that only knows the id. */
export const referenceById = (kind: ReferenceKind, id: string) =>
  queryOptions({
    queryKey: [[pathByKind[kind], 'reference'], { input: { kind, id } }],
    queryFn: () => getters[kind](id),
    retry: false,
  })

const asked = (q: string) => (q ? { q, limit: most } : { limit: most })

const finders: Readonly<Record<ReferenceKind, (q: string) => Promise<ReferenceOption[]>>> = {
  company: async (q) =>
    (await client.companies.list(asked(q))).items.map(({ id, name, domain, city }) => ({
      id,
      name,
      detail: domain ?? city ?? undefined,
    })),
  contact: async (q) =>
    (await client.contacts.list(asked(q))).items.map(({ id, name, company, email }) => ({
      id,
      name,
      detail: company?.name ?? email ?? undefined,
    })),
  lead: async (q) =>
    (await client.leads.list(asked(q))).items.map(({ id, title, company }) => ({
      id,
      name: title,
      detail: company?.name,
    })),
  customer: async (q) =>
    (await client.customers.list(asked(q))).items.map(({ id, name, company }) => ({
      id,
      name,
      detail: company?.name,
    })),
  user: async (q) =>
    (await client.users.list({ ...asked(q), limit: 50 })).items.map(
      ({ id, name, email, team }) => ({
        id,
        name,
        detail: team?.name ?? email ?? undefined,
      }),
    ),
  team: async (q) =>
    (await client.teams.list(asked(q))).items.map(({ id, name }) => ({ id, name })),
  stage: async (q) => (await stages()).filter((stage) => fits(stage, q)),
  pipeline: async (q) =>
    (await client.pipeline.list())
      .map(({ id, name }) => ({ id, name }))
      .filter((pipeline) => fits(pipeline, q)),
}

const getters: Readonly<Record<ReferenceKind, (id: string) => Promise<ReferenceOption>>> = {
  company: async (id) => client.companies.get({ id }),
  contact: async (id) => client.contacts.get({ id }),
  lead: async (id) => ({ id, name: (await client.leads.get({ id })).title }),
  customer: async (id) => client.customers.get({ id }),
  user: async (id) => client.users.get({ id }),
  team: async (id) => client.teams.get({ id }),
  stage: async (id) => known(await stages(), id),
  pipeline: async (id) => known(await finders.pipeline(''), id),
}

async function stages(): Promise<ReferenceOption[]> {
  const pipelines = await client.pipeline.list()
  return pipelines.flatMap((pipeline) =>
    pipeline.stages.map(({ id, name, color }) => ({
      id,
      name,
      color,
      detail: pipelines.length > 1 ? pipeline.name : undefined,
    })),
  )
}

const fits = ({ name }: Reference, typed: string) => fold(name).includes(fold(typed))

function known(options: ReferenceOption[], id: string): ReferenceOption {
  return options.find((option) => option.id === id) ?? { id, name: 'Unknown' }
}
