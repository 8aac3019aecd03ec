/** Kinds of notification and the ways they come by, as people read them. */
import {
  type Icon,
  IconAlarm,
  IconAlertTriangle,
  IconBell,
  IconCalendarEvent,
  IconCheckbox,
  IconHourglassEmpty,
  IconMailOff,
  IconMoonStars,
  IconRoute,
  IconSettingsExclamation,
  IconStairs,
  IconSun,
  IconTrophy,
  IconUserPlus,
} from '@tabler/icons-react'
import type { NotificationChannel, NotificationKind } from '../../../contract/words'
import { kinds, recordPath } from '../../app/records'

export const kindTexts: Readonly<Record<NotificationKind, { label: string; icon: Icon }>> = {
  reminder_due: { label: 'A reminder comes up', icon: IconBell },
  task_due: { label: 'A task is due', icon: IconCheckbox },
  activity_due: { label: 'A planned activity begins', icon: IconCalendarEvent },
  plan_step_due: { label: 'A step of a cadence is due', icon: IconRoute },
  catch_up: { label: 'What fell due while you were away', icon: IconMoonStars },
  daily_summary: { label: 'The day’s summary', icon: IconSun },
  upcoming: { label: 'What comes within the hour', icon: IconAlarm },
  overdue: { label: 'What is overdue', icon: IconAlertTriangle },
  lead_stale: { label: 'Leads that went quiet', icon: IconHourglassEmpty },
  assignment: { label: 'Something is given to you', icon: IconUserPlus },
  stage_move: { label: 'Others move your leads', icon: IconStairs },
  milestone: { label: 'The team wins a deal', icon: IconTrophy },
  delivery_failed: { label: 'A message could not be delivered', icon: IconMailOff },
  job_failed: { label: 'A job of the program failed', icon: IconSettingsExclamation },
}

export const channelLabels: Readonly<Record<NotificationChannel, string>> = {
  in_app: 'In Rapport',
  native: 'Desktop',
  browser: 'Browser',
  email: 'E-mail',
}

/** Where a notification leads; what gathers several things leads to Today. */
export function placeOf(record: { kind: string; id: string } | null): string {
  if (!record) return '/today'
  const kind = Object.keys(kinds).find((name) => name === record.kind) as
    | keyof typeof kinds
    | undefined
  return kind ? recordPath(kind, record.id) : '/today'
}
