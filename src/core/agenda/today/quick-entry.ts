/** Quick entry: understands a line such as “call Acme tomorrow 3pm !high every week, remind me 1h before”. */
import type * as z from 'zod'
import type { contract } from '../../../contract'
import type { QuickEntry } from '../../../contract/agenda/today'
import type { TaskType } from '../../../contract/agenda/words'
import type { InputOf } from '../../../contract/kernel/base'
import type { Priority } from '../../../contract/kernel/words'
import type { Actor } from '../../kernel/actor'
import type { Kernel } from '../../kernel/kernel'
import { nextOccurrence } from '../../kernel/time/recurrence'
import { instantOf, wallTimeIn } from '../../kernel/time/wall-time'
import type { Search } from '../../records/search/search'
import type { Users } from '../../records/users/users'
import { isWorkingDay, type WorkingHours } from '../working-hours/working-hours'
import type { Moment } from './quick-dates'
import { Line, type Part } from './quick-line'
import { createNameFinder } from './quick-names'
import { readRepeat } from './quick-repeats'
import { findUnread, readWhen } from './quick-times'

type Input = InputOf<(typeof contract)['agenda']['parse']>
type Entry = z.output<typeof QuickEntry>

/** When a reminder comes up on a day that has no time of its own. */
const morning = 'T09:00'

export function createQuickEntry(
  { clock }: Kernel,
  { users, search, workingHours }: { users: Users; search: Search; workingHours: WorkingHours },
) {
  const findNames = createNameFinder(search)

  function understand(actor: Actor, input: Input): Entry {
    const zone = users.zoneOf(actor.userId)
    const now = clock.now()
    const here = wallTimeIn(now, zone)
    const working = workingHours.timeOf(actor.userId)
    const moment: Moment = { now, here, zone, works: (date) => isWorkingDay(working, date) }
    const line = new Line(input.text)

    let isReminder = takeRequest(line)
    const priority = takePriority(line)
    const reminderMinutes = takeOffsets(line)
    const repeat = readRepeat(line, moment)
    const when = readWhen(line, moment)
    // “tomorrow remind me to …”, and “remind me tomorrow to …”.
    if (isReminder) takeConnection(line)
    else isReminder = takeRequest(line)

    let wallTime = when.date ? when.date + (when.time ?? '') : null
    if (repeat && !wallTime) wallTime = firstOf(repeat.rule, when.time ?? '', moment)
    else if (!wallTime && when.time) wallTime = nextAt(when.time, moment)

    const names = findNames(actor, line)
    const unread = findUnread(line)
    // Nothing comes up at a time that was made up: without the time that was meant it is a task.
    const kind = isReminder && (unread.length === 0 || when.time) ? 'reminder' : 'task'
    if (kind === 'reminder') {
      if (wallTime && wallTime.length === 10) wallTime += morning
      wallTime ??= dayAfter(here) + morning
    }

    const { type, part } = typeOf(line)
    const title = line.rest()
    return {
      kind,
      title: title || input.text,
      type,
      priority,
      wallTime,
      zone,
      recurrence: repeat && wallTime ? repeat.rule : null,
      reminderMinutes: kind === 'task' && wallTime ? reminderMinutes : [],
      ...linksOf(actor, input, names),
      unread,
      parts: [...line.parts, ...(part ? [part] : [])].sort((one, other) => one.from - other.from),
    }
  }

  /** What is named in the line, else what is in front, as far as the actor sees it. */
  function linksOf(actor: Actor, input: Input, names: ReturnType<typeof findNames>) {
    const inFront = (kind: 'company' | 'contact' | 'lead' | 'customer') =>
      search.nameOf(actor, kind, input[`${kind}Id`])
    return {
      company: names.company ?? inFront('company'),
      contact: names.contact ?? inFront('contact'),
      lead: names.lead ?? inFront('lead'),
      customer: names.customer ?? inFront('customer'),
    }
  }

  return { understand }
}

const dayBefore = (wallTime: string): string => shifted(wallTime, -1)
const dayAfter = (wallTime: string): string => shifted(wallTime, 1)
const shifted = (wallTime: string, days: number): string =>
  new Date(Date.parse(wallTime.slice(0, 10)) + days * 86_400_000).toISOString().slice(0, 10)

/** Today at that time, or tomorrow when it is past. */
function nextAt(time: string, { now, here, zone }: Moment): string {
  const today = here.slice(0, 10) + time
  return instantOf(today, zone) > now ? today : dayAfter(here) + time
}

/** The first occurrence of a rule that is not past. */
function firstOf(rule: string, time: string, { now, here, zone }: Moment): string | null {
  const today = here.slice(0, 10) + time
  const picksDays = /BYDAY|BYMONTHDAY|FREQ=DAILY/.test(rule)
  if (!picksDays && instantOf(today, zone) > now) return today
  const steady = rule.replace(/;(INTERVAL|COUNT|UNTIL)=[^;]*/g, '')
  const from = picksDays ? dayBefore(here) + time : today
  return nextOccurrence({ rule: steady, at: from, zone }, now)?.at ?? null
}

const requests = [
  'remind me',
  String.raw`(?:(?:set|add|create|make)\s+a\s+)?reminder`,
  "(?:do not|don['’]?t) forget",
  'remember',
].join('|')
const connection = 'to|about|of|that|on|for'

/** “remind me to”, “don’t forget”: where the line begins so, it asks for a reminder. */
const takeRequest = (line: Line): boolean =>
  line.take(
    new RegExp(
      String.raw`^\s*(?:(?:can|could|would|will) you\s+)?(?:please\s+)?(?:${requests})(?:\s*:|\s+(?:${connection})\b|(?=\s))\s*`,
      'i',
    ),
    'remind',
  ) !== undefined

/** What led from the request to the thing itself, with the time between them. */
const takeConnection = (line: Line): void =>
  void line.take(new RegExp(String.raw`^\s*(?:${connection})\b`, 'i'), 'remind')

const priorityWords: Readonly<Record<string, Priority>> = {
  urgent: 'urgent',
  high: 'high',
  medium: 'medium',
  normal: 'medium',
  low: 'low',
  '!!': 'urgent',
  '!': 'high',
}
function takePriority(line: Line): Priority {
  const found = line.take(
    /(?<=^|\s)!(urgent|high|medium|normal|low|!!|!)(?=\s|$|[,.;])/i,
    'priority',
  )
  return priorityWords[found?.[1]?.toLowerCase() ?? ''] ?? 'medium'
}

const unitMinutes: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1440, w: 10_080 }
const amount = String.raw`(\d{1,4}|an?|one|two|three)\s*(m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)\b`
const amountWords: Readonly<Record<string, number>> = { a: 1, an: 1, one: 1, two: 2, three: 3 }

/** “remind me 1 day and 1 hour before” → 1440 and 60. */
function takeOffsets(line: Line): number[] {
  const found = line.take(
    new RegExp(
      String.raw`,?\s*\b(?:and\s+)?(?:with (?:a )?reminder|remind(?:er)?(?: me)?)\s+${amount}(?:\s*(?:,|and|&|,\s*and)\s*${amount})*\s*(?:before(?:hand)?|earlier|ahead|prior)?(?=\W|$)`,
      'i',
    ),
    'remind',
  )
  if (!found) return []
  const minutes = [...found[0].matchAll(new RegExp(amount, 'gi'))].map(
    ([, number = '', unit = '']) =>
      (amountWords[number.toLowerCase()] ?? Number(number)) *
      (unitMinutes[unit[0]?.toLowerCase() ?? ''] ?? 1),
  )
  return [...new Set(minutes)].filter((one) => one <= 525_600).slice(0, 10)
}

/** The verb that a line begins with says what kind of task it is; it stays in the title. */
const typeWords: readonly [TaskType, RegExp][] = [
  ['follow_up', /^(?:follow(?:ing)?[ -]?up|chase|check in|nudge|ping)\b/i],
  [
    'proposal',
    /^(?:(?:send|prepare|write|draft|finish|make|do)\s+)?(?:an?\s+|the\s+)?(?:proposal|quote|offer|estimate)\b/i,
  ],
  [
    'demo',
    /^(?:(?:give|do|prepare|show|schedule|book|set up)\s+)?(?:an?\s+|the\s+)?(?:demo|demonstration|demonstrate)\b/i,
  ],
  [
    'meeting',
    /^(?:(?:schedule|book|set up|have|arrange)\s+)?(?:an?\s+|the\s+)?(?:meet|meeting|lunch|coffee|visit)\b/i,
  ],
  [
    'call',
    /^(?:(?:schedule|book|set up|have|make)\s+)?(?:an?\s+|the\s+)?(?:call|phone|ring|dial)\b/i,
  ],
  ['email', /^(?:(?:write|send)\s+)?(?:an?\s+|the\s+)?(?:e-?mail|mail|write to|reply to)\b/i],
]
function typeOf(line: Line): { type: TaskType; part?: Part } {
  const rest = line.masked()
  const from = rest.length - rest.trimStart().length
  for (const [type, form] of typeWords) {
    const found = form.exec(rest.slice(from))
    if (found) return { type, part: { from, to: from + found[0].length, kind: 'type' } }
  }
  return { type: 'other' }
}
