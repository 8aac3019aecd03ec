/** What Rapport writes of its records under names of its own, and reads when its files come back. */
import type ICAL from 'ical.js'
import { type AgendaKind, agendaKinds } from '../../../contract/agenda/today'
import {
  type TaskStatus,
  type TaskType,
  taskStatuses,
  taskTypes,
} from '../../../contract/agenda/words'
import { isZone } from '../../../contract/kernel/zones'
import { type Direction, directions } from '../../../contract/timeline/words'

/** What an entry may be about. */
export const linkKinds = ['lead', 'contact', 'company', 'customer'] as const
export type LinkKind = (typeof linkKinds)[number]
export interface Link {
  id: string
  name: string
}

/** Which time of an activity a calendar shows when it was not scheduled. */
export const otherStarts = ['due', 'occurred'] as const
type OtherStart = (typeof otherStarts)[number]

export interface OwnProperties {
  /** Whether Rapport wrote it. */
  isOurs: boolean
  kind: AgendaKind | null
  type: string | null
  taskType: TaskType | null
  status: TaskStatus | null
  done: boolean | null
  untitled: boolean
  /** It takes no time that somebody wrote down. */
  untimed: boolean
  startsAt: OtherStart | null
  /** Epoch milliseconds. */
  dueAt: number | null
  occurredAt: number | null
  outcome: string | null
  direction: Direction | null
  hidden: boolean
  /** Of whole days and of hours that come twice, which a calendar writes without their zone. */
  zone: string | null
  recurrence: string | null
  /** Which occurrence of its rule it is, where it was moved. */
  occurrence: string | null
  links: Partial<Record<LinkKind, Link>>
  /** Whose it is, where it is somebody else's than whoever wrote the file: id and e-mail. */
  user: Link | null
}

/** Of records that leave: text by name of property. */
export type Written = Record<string, string>

export const named = (property: string) => `X-RAPPORT-${property.toUpperCase()}`

/** `id name`, for each record that an entry is about. */
export const writtenLinks = (links: Partial<Record<LinkKind, Link | null>>): Written =>
  Object.fromEntries(
    linkKinds.flatMap((kind) => {
      const link = links[kind]
      return link ? [[named(kind), `${link.id} ${link.name}`]] : []
    }),
  )

export const writtenInstant = (instant: number) => new Date(instant).toISOString()

/** One of our properties; parsers leave text of names that they do not know as it is. */
export function ownText(component: ICAL.Component, property: string): string | undefined {
  const value = component.getFirstPropertyValue(named(property).toLowerCase())
  if (value === null || value === undefined) return undefined
  return String(value)
    .toWellFormed()
    .slice(0, longest)
    .replace(/\\([\\;,nN])/g, (_, one) => (one.toLowerCase() === 'n' ? '\n' : one))
}
const longest = 4000

export function readOwnProperties(component: ICAL.Component): OwnProperties {
  const text = (property: string) => ownText(component, property)?.trim() || null
  const flag = (property: string) => {
    const value = text(property)
    return value === null ? null : value.toUpperCase() === 'TRUE'
  }
  const oneOf = <Word extends string>(words: readonly Word[], value: string | null) =>
    words.find((word) => word === value?.toLowerCase()) ?? null
  const instant = (property: string) => {
    const value = text(property)
    const time = value !== null && isoInstant.test(value) ? Date.parse(value) : Number.NaN
    return Number.isFinite(time) ? time : null
  }
  const link = (property: string): Link | null => {
    const [, id, name] = /^([0-9a-f-]{36})(?: (.*))?$/s.exec(text(property) ?? '') ?? []
    return id ? { id, name: name ?? '' } : null
  }
  const kind = oneOf(agendaKinds, text('kind'))
  const type = text('type')
  const zone = text('zone')
  const occurrence = text('occurrence')
  const links: OwnProperties['links'] = {}
  for (const one of linkKinds) {
    const found = link(one)
    if (found) links[one] = found
  }
  return {
    isOurs: kind !== null || type !== null,
    kind,
    type,
    taskType: oneOf(taskTypes, type),
    status: oneOf(taskStatuses, text('status')),
    done: flag('done'),
    untitled: flag('untitled') === true,
    untimed: flag('untimed') === true,
    startsAt: oneOf(otherStarts, text('start')),
    dueAt: instant('due'),
    occurredAt: instant('occurred'),
    outcome: text('outcome'),
    direction: oneOf(directions, text('direction')),
    hidden: flag('hidden') === true,
    zone: zone !== null && isZone(zone) ? zone : null,
    recurrence: text('recurrence'),
    occurrence: occurrence !== null && isLocalTime(occurrence) ? occurrence : null,
    links,
    user: link('user'),
  }
}

const isoInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/
function isLocalTime(text: string): boolean {
  if (!/^(?:19|2\d)\d{2}-\d{2}-\d{2}(?:T\d{2}:\d{2})?$/.test(text)) return false
  const time = Date.parse(text.length === 10 ? text : `${text}Z`)
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text)
}
