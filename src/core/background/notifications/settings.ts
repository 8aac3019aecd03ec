/** What each person wants to hear of, by which ways, and when not. */
import * as z from 'zod'
import {
  NotificationSettings,
  type NotificationSettingsUpdate,
} from '../../../contract/background/notifications'
import {
  type NotificationChannel,
  type NotificationKind,
  notificationChannels,
  notificationKinds,
} from '../../../contract/background/words'
import type { Actor } from '../../kernel/actor'
import { invalid } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { knownZone } from '../../kernel/time/zone'

export type SettingsOfPeople = ReturnType<typeof createNotificationSettings>

/** Kinds that come up on the screen unless somebody switches them off; the others wait in the centre. */
const popping: readonly NotificationKind[] = [
  'reminder_due',
  'task_due',
  'activity_due',
  'plan_step_due',
  'catch_up',
  'daily_summary',
  'assignment',
]

const channelsOf = (kind: NotificationKind): Record<NotificationChannel, boolean> => ({
  in_app: true,
  native: popping.includes(kind),
  browser: popping.includes(kind),
  email: false,
})

export const defaultSettings: NotificationSettings = {
  channels: Object.fromEntries(
    notificationKinds.map((kind) => [kind, channelsOf(kind)]),
  ) as NotificationSettings['channels'],
  quietHours: { on: false, from: '20:00', to: '08:00', days: [] },
  emailAs: 'single',
}

const preferenceKey = 'notifications'
/** What is stored: only what differs from the defaults need be there. */
const Stored = NotificationSettings.extend({
  channels: z.partialRecord(
    z.enum(notificationKinds),
    z.partialRecord(z.enum(notificationChannels), z.boolean()),
  ),
}).partial()

export function createNotificationSettings({ database, clock, workspace }: Kernel) {
  /** A person's settings; what is stored and makes no sense any more counts as not stored. */
  function of(userId: string): NotificationSettings {
    const json = database.value<string>(
      'select value from preference where user_id = ? and key = ?',
      userId,
      preferenceKey,
    )
    const stored = json === undefined ? undefined : Stored.safeParse(JSON.parse(json)).data
    return stored ? merged(defaultSettings, stored) : defaultSettings
  }

  function update(actor: Actor, patch: NotificationSettingsUpdate): NotificationSettings {
    check(patch)
    // Outside the change log, but in one go: nothing else is answered in between.
    actor.precondition?.(database)
    const settings = merged(of(actor.userId), patch)
    const now = clock.now()
    database
      .prepare(
        `insert into preference (user_id, key, value, created_at, updated_at) values (?, ?, ?, ?, ?)
         on conflict do update set value = excluded.value, updated_at = excluded.updated_at`,
      )
      .run(actor.userId, preferenceKey, JSON.stringify(settings), now, now)
    database.announce(actor.userId, { preference: null })
    return settings
  }

  /** The IANA zone in which a person's days and quiet hours are. */
  const zoneOf = (userId: string): string =>
    knownZone(
      database.value<string | null>('select timezone from user where id = ?', userId),
      workspace.timezone(),
    )

  return { of, update, zoneOf }
}

function merged(
  settings: NotificationSettings,
  { channels, quietHours, emailAs }: NotificationSettingsUpdate,
): NotificationSettings {
  return {
    channels: Object.fromEntries(
      notificationKinds.map((kind) => [
        kind,
        { ...settings.channels[kind], ...channels?.[kind], in_app: true },
      ]),
    ) as NotificationSettings['channels'],
    quietHours: quietHours ?? settings.quietHours,
    emailAs: emailAs ?? settings.emailAs,
  }
}

/** @throws invalid */
function check({ channels, quietHours }: NotificationSettingsUpdate) {
  for (const [kind, chosen] of Object.entries(channels ?? {}))
    if (chosen?.in_app === false)
      throw invalid(`channels.${kind}.in_app`, 'must be on: the notification centre has them all')
  if (!quietHours) return
  for (const end of ['from', 'to'] as const)
    if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(quietHours[end]))
      throw invalid(`quietHours.${end}`, 'must be a time of day from 00:00 to 23:59')
  if (quietHours.from === quietHours.to)
    throw invalid('quietHours.to', 'must differ from the beginning')
  if (new Set(quietHours.days).size === 7)
    throw invalid('quietHours.days', 'must leave a day on which you can be told')
}
