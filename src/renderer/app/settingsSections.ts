/** The sections of the settings, in the order of their list. */
import {
  type Icon,
  IconAdjustments,
  IconApi,
  IconBell,
  IconBuildingStore,
  IconCalendarShare,
  IconClockHour9,
  IconClockPlay,
  IconDatabase,
  IconForms,
  IconInfoCircle,
  IconMail,
  IconMailOff,
  IconStairs,
  IconTags,
  IconTemplate,
  IconUsers,
} from '@tabler/icons-react'

export interface SettingsSection {
  to: string
  label: string
  /** What is found there, in a few words. */
  text: string
  icon: Icon
  /** Another address that belongs to it. */
  also?: string
}

export interface SettingsGroup {
  label: string
  sections: readonly SettingsSection[]
}

export const settingsGroups: readonly SettingsGroup[] = [
  {
    label: 'You',
    sections: [
      {
        to: '/settings/preferences',
        label: 'My preferences',
        text: 'Profile, theme, keyboard',
        icon: IconAdjustments,
      },
      {
        to: '/settings/notifications',
        label: 'Notifications',
        text: 'What comes how, and when not',
        icon: IconBell,
      },
      {
        to: '/settings/calendar',
        label: 'Calendar files',
        text: 'Feed, export, import of .ics',
        icon: IconCalendarShare,
        also: '/settings/calendar/import',
      },
      {
        to: '/settings/working-hours',
        label: 'Working hours',
        text: 'Hours, public holidays, days off',
        icon: IconClockHour9,
      },
    ],
  },
  {
    label: 'Workspace',
    sections: [
      {
        to: '/settings/workspace',
        label: 'Workspace',
        text: 'Name, currency, time zone, trash',
        icon: IconBuildingStore,
      },
      {
        to: '/settings/users',
        label: 'Users and teams',
        text: 'Roles, teams, API tokens',
        icon: IconUsers,
        also: '/settings/teams',
      },
      {
        to: '/settings/pipelines',
        label: 'Pipelines and stages',
        text: 'Stages, colours, probabilities',
        icon: IconStairs,
      },
      {
        to: '/settings/activities',
        label: 'Activity types',
        text: 'Types and outcomes to log with',
        icon: IconTags,
      },
      {
        to: '/settings/fields',
        label: 'Custom fields',
        text: 'What else you keep about a record',
        icon: IconForms,
      },
    ],
  },
  {
    label: 'Messages',
    sections: [
      {
        to: '/settings/mail',
        label: 'E-mail accounts',
        text: 'Servers, limits, rules for sending',
        icon: IconMail,
      },
      {
        to: '/settings/templates',
        label: 'Templates',
        text: 'Messages with placeholders, snippets',
        icon: IconTemplate,
      },
      {
        to: '/settings/opt-outs',
        label: 'Opt-outs',
        text: 'Who is not written to',
        icon: IconMailOff,
      },
    ],
  },
  {
    label: 'Program',
    sections: [
      {
        to: '/settings/backups',
        label: 'Backups',
        text: 'Back up, restore, the database file',
        icon: IconDatabase,
        also: '/settings/sending',
      },
      {
        to: '/settings/jobs',
        label: 'Jobs',
        text: 'What runs by itself, and when',
        icon: IconClockPlay,
      },
      { to: '/settings/api', label: 'API', text: 'Use Rapport from other programs', icon: IconApi },
      { to: '/settings/about', label: 'About', text: 'Version and licences', icon: IconInfoCircle },
    ],
  },
]
