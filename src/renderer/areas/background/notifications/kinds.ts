/** Kinds of notification as people read them. */
import {
  type Icon,
  IconAlertTriangle,
  IconAward,
  IconBell,
  IconCalendarDue,
  IconCalendarEvent,
  IconCheckbox,
  IconClockExclamation,
  IconHourglassLow,
  IconInbox,
  IconMailExclamation,
  IconRoute,
  IconStairs,
  IconSunrise,
  IconUserShare,
} from '@tabler/icons-react'
import type { NotificationChannel, NotificationKind } from '../../../../contract/background/words'

export interface KindText {
  label: string
  icon: Icon
}

export const kindTexts: Readonly<Record<NotificationKind, KindText>> = {
  reminder_due: { label: 'A reminder comes up', icon: IconBell },
  task_due: { label: 'A task is due', icon: IconCheckbox },
  activity_due: { label: 'A planned activity begins', icon: IconCalendarEvent },
  plan_step_due: { label: 'A step of a cadence is due', icon: IconRoute },
  catch_up: { label: 'Much at once, or missed while you were away', icon: IconInbox },
  daily_summary: { label: 'Summary of the day', icon: IconSunrise },
  upcoming: { label: 'What comes within the hour', icon: IconCalendarDue },
  overdue: { label: 'What is overdue', icon: IconClockExclamation },
  lead_stale: { label: 'Leads that went quiet', icon: IconHourglassLow },
  assignment: { label: 'Records are given to you or taken from you', icon: IconUserShare },
  stage_move: { label: 'Others move your leads', icon: IconStairs },
  milestone: { label: 'The team wins a deal', icon: IconAward },
  delivery_failed: { label: 'A message could not be sent', icon: IconMailExclamation },
  job_failed: { label: 'A job failed', icon: IconAlertTriangle },
}

/** Kinds that belong together, in the order of filters and settings. */
export const kindGroups: readonly { label: string; kinds: readonly NotificationKind[] }[] = [
  { label: 'Due now', kinds: ['reminder_due', 'task_due', 'activity_due', 'plan_step_due'] },
  { label: 'Overviews', kinds: ['catch_up', 'daily_summary', 'upcoming', 'overdue'] },
  { label: 'Leads and team', kinds: ['assignment', 'stage_move', 'lead_stale', 'milestone'] },
  { label: 'Rapport itself', kinds: ['delivery_failed', 'job_failed'] },
]

export const channelLabels: Readonly<Record<NotificationChannel, string>> = {
  in_app: 'In Rapport',
  native: 'System popup',
  browser: 'Browser',
  email: 'E-mail',
}

/** Kinds shown at the edge of the screen: what is due at this very moment, alone or together. */
export const toldKinds: ReadonlySet<NotificationKind> = new Set([
  'reminder_due',
  'task_due',
  'activity_due',
  'plan_step_due',
  'catch_up',
])
