/** Every activity as a list with filters. */
import { Anchor, Badge, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Activity } from '../../../../contract/timeline/activities'
import {
  activityCategories,
  automatedActivityTypes,
  directions,
  systemActivityTypes,
} from '../../../../contract/timeline/words'
import { api } from '../../../api'
import { recordPath } from '../../../app/records'
import { useMe } from '../../../app/session'
import { DateText } from '../../../ui/DateText'
import { dateOf, durationText } from '../../../ui/dates'
import { type ListDefinition, pagesOf } from '../../../ui/list/definition'
import { RecordList } from '../../../ui/list/RecordList'
import type { ListStateStore } from '../../../ui/list/state'
import { readable } from '../../../ui/readable'
import { UserAvatar } from '../../../ui/UserAvatar'
import { isOpen } from './due'
import { iconOf, useWords, type Words } from './words'

const defaultSort = '-at'

export function AllActivities({ store }: { store: ListStateStore }) {
  const words = useWords()
  const userId = useMe()?.id
  const definition = activityList(words, userId, new Date())
  const pages = useInfiniteQuery(
    api.activities.list.infiniteOptions(pagesOf(store.state, defaultSort)),
  )
  return (
    <RecordList
      definition={definition}
      store={store}
      pages={pages}
      defaultSort={defaultSort}
      untitled
    />
  )
}

function activityList(
  words: Words,
  userId: string | undefined,
  now: Date,
): ListDefinition<Activity> {
  const nameOf = ({ subject, type }: Activity) => subject ?? words.typeLabel(type)
  const today = dateOf(now)
  return {
    kind: 'activity',
    nameOf,
    empty: 'Calls, e-mails, meetings and notes stand here as soon as the first one is logged.',
    columns: [
      {
        id: 'subject',
        label: 'What',
        width: 280,
        render: (activity) => {
          const Icon = iconOf(activity.type)
          return (
            <span style={{ display: 'inline-flex', gap: 8, alignItems: 'center', minWidth: 0 }}>
              <Icon size={15} stroke={1.7} aria-hidden style={{ flex: 'none' }} />
              <span style={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>
                {nameOf(activity)}
              </span>
            </span>
          )
        },
      },
      { id: 'type', label: 'Type', width: 130, render: ({ type }) => words.typeLabel(type) },
      {
        id: 'at',
        label: 'When',
        sort: 'at',
        width: 180,
        render: (activity) => (
          <span>
            <DateText value={activity.day ?? activity.at} />
            {isOpen(activity) && ' (planned)'}
          </span>
        ),
      },
      {
        id: 'about',
        exports: ['lead', 'company', 'contact', 'customer'],
        label: 'About',
        width: 210,
        render: (activity) => <About activity={activity} />,
      },
      {
        id: 'user',
        label: 'Who',
        width: 150,
        render: ({ user }) => user && <UserAvatar user={user} named />,
      },
      {
        id: 'outcome',
        label: 'Outcome',
        width: 150,
        render: ({ outcome }) => outcome && <Badge size="sm">{words.outcomeLabel(outcome)}</Badge>,
      },
      { id: 'description', label: 'Text', width: 280, render: ({ description }) => description },
      {
        id: 'category',
        label: 'Category',
        width: 110,
        optional: true,
        render: ({ category }) => readable(category),
      },
      {
        id: 'direction',
        label: 'Direction',
        width: 110,
        optional: true,
        render: ({ direction }) => direction && readable(direction),
      },
      {
        id: 'durationMinutes',
        label: 'Duration',
        width: 100,
        align: 'right',
        optional: true,
        render: ({ durationMinutes }) => durationMinutes !== null && durationText(durationMinutes),
      },
    ],
    fields: [
      {
        name: 'type',
        label: 'Type',
        kind: 'choice',
        choices: [
          ...words.types.map(({ name, label }) => ({ value: name, label })),
          ...[...systemActivityTypes, ...automatedActivityTypes].map((name) => ({
            value: name,
            label: readable(name),
          })),
        ],
      },
      {
        name: 'category',
        label: 'Category',
        kind: 'choice',
        choices: activityCategories.map((value) => ({ value, label: readable(value) })),
      },
      {
        name: 'outcome',
        label: 'Outcome',
        kind: 'choice',
        choices: words.outcomes.map(({ name, label }) => ({ value: name, label })),
      },
      { name: 'user', label: 'Person', kind: 'reference', of: 'user' },
      { name: 'lead', label: 'Lead', kind: 'reference', of: 'lead' },
      { name: 'company', label: 'Company', kind: 'reference', of: 'company' },
      { name: 'contact', label: 'Contact', kind: 'reference', of: 'contact' },
      { name: 'customer', label: 'Customer', kind: 'reference', of: 'customer' },
      { name: 'at', label: 'When', kind: 'instant' },
      { name: 'scheduledAt', label: 'Planned for', kind: 'instant' },
      { name: 'dueAt', label: 'Due', kind: 'instant' },
      { name: 'completedAt', label: 'Completed', kind: 'instant' },
      {
        name: 'direction',
        label: 'Direction',
        kind: 'choice',
        choices: directions.map((value) => ({ value, label: readable(value) })),
      },
      { name: 'durationMinutes', label: 'Minutes', kind: 'number' },
      { name: 'subject', label: 'Subject', kind: 'text' },
      { name: 'description', label: 'Text', kind: 'text' },
    ],
    chips: [
      { label: 'Logged', comparison: { field: 'category', operator: 'in', value: ['manual'] } },
      ...(userId
        ? [
            {
              label: 'Mine',
              comparison: { field: 'user', operator: 'in' as const, value: [userId] },
            },
          ]
        : []),
      { label: 'Today', comparison: { field: 'at', operator: 'equals', value: today } },
      { label: 'Calls', comparison: { field: 'type', operator: 'in', value: ['call'] } },
      { label: 'E-mails', comparison: { field: 'type', operator: 'in', value: ['email'] } },
      { label: 'Meetings', comparison: { field: 'type', operator: 'in', value: ['meeting'] } },
      { label: 'System', comparison: { field: 'category', operator: 'in', value: ['system'] } },
    ],
    renderCard: (activity) => (
      <>
        <Text size="sm" c="dimmed" component="div" truncate>
          {words.typeLabel(activity.type)} · <DateText value={activity.day ?? activity.at} />
        </Text>
        <Text size="sm" component="div" truncate>
          {(activity.lead ?? activity.company ?? activity.contact ?? activity.customer)?.name}
        </Text>
      </>
    ),
  }
}

function About({ activity }: { activity: Activity }) {
  const [kind, record] =
    [
      ['lead' as const, activity.lead] as const,
      ['customer' as const, activity.customer] as const,
      ['contact' as const, activity.contact] as const,
      ['company' as const, activity.company] as const,
    ].find(([, reference]) => reference !== null) ?? []
  if (!kind || !record) return null
  return (
    <Anchor component={Link} to={recordPath(kind, record.id) as string} inherit>
      {record.name}
    </Anchor>
  )
}
