/** An activity while it is being written, and what is sent for it. */

import type { Activity, ActivityTemplate } from '../../../../contract/timeline/activities'
import type { Direction } from '../../../../contract/timeline/words'
import { editFrom } from '../../../app/clashes/edit'
import { instantOf } from '../../../ui/when/times'
import { isOpen } from './due'

/** The records an activity is about. */
export interface Links {
  leadId?: string | null
  companyId?: string | null
  contactId?: string | null
  customerId?: string | null
}

export interface ActivityDraft {
  type: string
  subject: string
  description: string
  outcome: string | null
  direction: Direction | null
  durationMinutes: number | null
  /** Planned for later, or done. */
  planned: boolean
  /** Of a done one: null means now. */
  occurredAt: string | null
  /** Of a planned one. */
  plannedAt: string | null
  /** Of a planned one: whole days, from the day of `plannedAt` on. */
  allDay: boolean
  location: string
  /** Of a planned one that is new: reminders so many minutes before. */
  reminderMinutes: number[]
  visibleToRep: boolean
}

/** Types that are a deadline rather than an appointment. */
const deadlines = new Set(['task', 'follow_up'])
/** Types that go one way or the other. */
const directed = new Set(['call', 'email', 'sms', 'linkedin_message', 'telegram_message'])
/** Types that take a while, and how long they mostly do. */
const usualMinutes: Readonly<Record<string, number>> = { meeting: 60, demo: 45, call: 15 }
/** Types that happen somewhere. */
const placed = new Set(['meeting', 'demo', 'negotiation', 'onboarding'])
/** Types that say nothing about how it went. */
const withoutOutcome = new Set(['note', 'task', 'quote_sent', 'proposal_sent'])

export const hasDirection = (type: string) => directed.has(type)
/** Whether it is written, so that an answer comes later or never. */
export const isMessage = (type: string) => directed.has(type) && type !== 'call'
export const hasDuration = (type: string) => type in usualMinutes || type === 'onboarding'
export const hasOutcome = (type: string) => !withoutOutcome.has(type)
export const hasPlace = (type: string) => placed.has(type)
export const isDeadline = (type: string) => deadlines.has(type)

/** @param now decides what "tomorrow" is for types that begin as planned */
export function startDraft(type: string, now: Date): ActivityDraft {
  return {
    type,
    subject: '',
    description: '',
    outcome: null,
    direction: hasDirection(type) ? 'outbound' : null,
    durationMinutes: null,
    planned: isDeadline(type),
    occurredAt: null,
    plannedAt: isDeadline(type) ? morningIn(1, now) : null,
    allDay: false,
    location: '',
    reminderMinutes: [],
    visibleToRep: true,
  }
}

/** The same, planned for a time that is known. @param minutes how long; null for the usual */
export function planDraft(
  type: string,
  plannedAt: string,
  minutes: number | null,
  now: Date,
): ActivityDraft {
  return {
    ...startDraft(type, now),
    planned: true,
    plannedAt,
    durationMinutes: minutes ?? usualMinutes[type] ?? null,
  }
}

/** A template filled in; text already written stays where the template says nothing. */
export function withTemplate(
  draft: ActivityDraft,
  template: ActivityTemplate,
  now: Date,
): ActivityDraft {
  const planned = template.scheduleInDays !== null
  return {
    ...startDraft(template.type, now),
    subject: template.subject ?? draft.subject,
    description: template.description ?? draft.description,
    outcome: planned ? null : template.outcome,
    direction: template.direction ?? (hasDirection(template.type) ? 'outbound' : null),
    durationMinutes: template.durationMinutes,
    planned,
    plannedAt: planned ? morningIn(template.scheduleInDays ?? 0, now) : null,
  }
}

/** Another type for the same text. */
export function withType(draft: ActivityDraft, type: string, now: Date): ActivityDraft {
  const fresh = startDraft(type, now)
  return {
    ...fresh,
    subject: draft.subject,
    description: draft.description,
    outcome: hasOutcome(type) ? draft.outcome : null,
    planned: draft.planned || fresh.planned,
    plannedAt: draft.plannedAt ?? fresh.plannedAt,
    allDay: draft.allDay && !isDeadline(type),
    location: hasPlace(type) ? draft.location : '',
    reminderMinutes: draft.reminderMinutes,
    occurredAt: draft.occurredAt,
    visibleToRep: draft.visibleToRep,
  }
}

export function draftOf(activity: Activity): ActivityDraft {
  const planned = isOpen(activity)
  return {
    type: activity.type,
    subject: activity.subject ?? '',
    description: activity.description ?? '',
    outcome: activity.outcome,
    direction: activity.direction,
    durationMinutes: activity.durationMinutes,
    planned,
    occurredAt: planned ? null : activity.at,
    plannedAt:
      planned && activity.day ? beginOf(activity.day) : (activity.scheduledAt ?? activity.dueAt),
    allDay: activity.allDay,
    location: activity.location ?? '',
    reminderMinutes: [],
    visibleToRep: activity.visibleToRep,
  }
}

/** What is changed of a stored activity. Its zone follows the clock here only with another time. */
export function editOf(before: Activity, input: ReturnType<typeof inputOf>) {
  const { zone, ...values } = input
  // The same whole day is no other time, wherever its day begins.
  if (before.day && values.allDay && values.scheduledAt === beginOf(before.day))
    values.scheduledAt = before.scheduledAt
  const edit = editFrom(before, values)
  const moved = edit.scheduledAt !== undefined || edit.dueAt !== undefined
  return { ...edit, ...(moved && zone !== undefined ? { zone } : {}) }
}

/** The instant at which a day begins on this machine. */
const beginOf = (day: string): string => instantOf(`${day}T00:00`)

/**
 * What the core gets: of a planned one the time it is planned for, of a done one when it was.
 * @param zone IANA zone that this machine's clock runs in
 */
export function inputOf(draft: ActivityDraft, zone: string) {
  const { planned, plannedAt } = draft
  const at = planned ? (plannedAt ?? null) : null
  const wholeDays = planned && draft.allDay && !isDeadline(draft.type)
  return {
    type: draft.type,
    subject: draft.subject.trim() || null,
    description: draft.description.trim() || null,
    outcome: planned ? null : draft.outcome,
    direction: draft.direction,
    durationMinutes: draft.durationMinutes,
    occurredAt: planned ? null : draft.occurredAt,
    scheduledAt: isDeadline(draft.type) ? null : at,
    allDay: wholeDays,
    ...(planned ? { zone } : {}),
    location: draft.location.trim() || null,
    ...(planned && draft.reminderMinutes.length > 0
      ? { reminderMinutes: draft.reminderMinutes }
      : {}),
    dueAt: isDeadline(draft.type) ? at : null,
    visibleToRep: draft.visibleToRep,
  }
}

/** Whether there is something to save: a word or an outcome; a planned one needs its time. */
export function isReady(draft: ActivityDraft): boolean {
  if (draft.planned && draft.plannedAt === null) return false
  const written = draft.subject.trim() !== '' || draft.description.trim() !== ''
  return written || draft.type !== 'note'
}

/** Nine in the morning, some days ahead; today it is the next full hour. */
export function morningIn(days: number, now: Date): string {
  const at = new Date(now)
  if (days === 0) at.setHours(now.getHours() + 1, 0, 0, 0)
  else {
    at.setDate(now.getDate() + days)
    at.setHours(9, 0, 0, 0)
  }
  return at.toISOString()
}

/** Times offered for planning, with their names. */
export function plannedTimes(now: Date): { label: string; at: string }[] {
  const untilMonday = (8 - now.getDay()) % 7 || 7
  return [
    { label: 'In an hour', at: morningIn(0, now) },
    { label: 'Tomorrow', at: morningIn(1, now) },
    { label: 'In 3 days', at: morningIn(3, now) },
    { label: 'Monday', at: morningIn(untilMonday, now) },
    { label: 'In 2 weeks', at: morningIn(14, now) },
  ]
}
