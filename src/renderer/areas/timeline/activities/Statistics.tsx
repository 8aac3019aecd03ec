/** Activities counted: by kind, over the last week, by type, by person; the system's own when asked for. */
import '@mantine/charts/styles.layer.css'
import { BarChart } from '@mantine/charts'
import {
  Button,
  Group,
  Progress,
  SimpleGrid,
  Skeleton,
  Stack,
  Switch,
  Table,
  Text,
} from '@mantine/core'
import { IconChartBarOff, IconCloudOff } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Reference } from '../../../../contract/kernel/shapes'
import { api } from '../../../api'
import { messageOf } from '../../../app/problems'
import { DateField } from '../../../ui/DateField'
import { DateText } from '../../../ui/DateText'
import { shortText } from '../../../ui/dates'
import { EmptyState } from '../../../ui/EmptyState'
import { Figure, Panel } from '../../../ui/figures'
import { ReferencePicker } from '../../../ui/ReferencePicker'
import { UserAvatar } from '../../../ui/UserAvatar'
import classes from './Statistics.module.css'
import { iconOf, useWords } from './words'

/** What people logged first; what the database noted by itself would bury it. */
const categories = ['manual', 'automated', 'system'] as const
const names = { manual: 'Logged', system: 'System', automated: 'Automatic' } as const
const colors = { manual: 'juniper.6', system: 'gray.5', automated: 'amber.5' } as const

export default function Statistics() {
  const words = useWords()
  const [from, setFrom] = useState<string | null>(null)
  const [to, setTo] = useState<string | null>(null)
  const [user, setUser] = useState<Reference | null>(null)
  const [system, setSystem] = useState(false)
  const stats = useQuery(
    api.activities.stats.queryOptions({
      input: {
        ...(from ? { from } : {}),
        ...(to ? { to } : {}),
        ...(user ? { userId: user.id } : {}),
      },
      placeholderData: keepPreviousData,
    }),
  )
  const { data } = stats
  const shown = categories.filter((category) => system || category !== 'system')
  const countOf = (category: (typeof categories)[number]) =>
    data?.byCategory.find((row) => row.category === category)?.count ?? 0
  const total = shown.reduce((sum, category) => sum + countOf(category), 0)
  return (
    <div className={classes.scroll}>
      <Group gap="xs" align="flex-end" className={classes.filters}>
        <DateField label="From" size="xs" value={from} onChange={setFrom} />
        <DateField label="To" size="xs" value={to} onChange={setTo} />
        <ReferencePicker
          of="user"
          label="Person"
          size="xs"
          placeholder="Everybody"
          value={user}
          onChange={setUser}
        />
        <Switch
          label="System entries"
          checked={system}
          onChange={(event) => setSystem(event.currentTarget.checked)}
          className={classes.system}
        />
      </Group>
      {stats.isError && !data && (
        <EmptyState
          icon={IconCloudOff}
          title="The statistics cannot be shown"
          text={messageOf(stats.error)}
        >
          <Button onClick={() => void stats.refetch()}>Try again</Button>
        </EmptyState>
      )}
      {stats.isPending && (
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" aria-busy="true" aria-label="Loading">
          <Skeleton height={220} radius="lg" />
          <Skeleton height={220} radius="lg" />
        </SimpleGrid>
      )}
      {data && total === 0 && (
        <EmptyState
          icon={IconChartBarOff}
          title="Nothing to count"
          text={
            countOf('system') > 0 && !system
              ? 'Nobody logged anything in this time. The system noted changes: switch on System entries to count them.'
              : 'No activity in this time. Widen the dates, or log the first one.'
          }
        />
      )}
      {data && total > 0 && (
        <Stack gap="md">
          <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
            <Figure label="Activities" value={total} />
            {shown.map((category) => (
              <Figure key={category} label={names[category]} value={countOf(category)} />
            ))}
          </SimpleGrid>
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
            <Panel title={from || to ? 'By day' : 'The last seven days'}>
              <BarChart
                h={230}
                type="stacked"
                data={data.trend.map(({ date, ...counts }) => ({
                  day: shortText(date),
                  ...counts,
                }))}
                dataKey="day"
                withLegend
                tickLine="none"
                yAxisProps={{ allowDecimals: false }}
                gridAxis="x"
                series={shown.map((name) => ({
                  name,
                  label: names[name],
                  color: colors[name],
                }))}
              />
            </Panel>
            <Panel title="By type">
              <Shares
                rows={data.byType
                  .slice(0, 10)
                  .map(({ type, count }) => ({ type, label: words.typeLabel(type), count }))}
              />
            </Panel>
            <Panel title="By person">
              {data.byUser.length === 0 ? (
                <Text size="sm" c="dimmed">
                  Nobody logged anything in this time.
                </Text>
              ) : (
                <Table verticalSpacing={6}>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>Person</Table.Th>
                      <Table.Th ta="right">Logged</Table.Th>
                      <Table.Th ta="right">Last</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {data.byUser.slice(0, 30).map(({ user: person, count, lastAt }) => (
                      <Table.Tr key={person.id}>
                        <Table.Td>
                          <UserAvatar user={person} named />
                        </Table.Td>
                        <Table.Td ta="right" className="tabular">
                          {count.toLocaleString()}
                        </Table.Td>
                        <Table.Td ta="right">
                          <DateText value={lastAt} />
                        </Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              )}
            </Panel>
            {system && (
              <Panel title="What the system noted">
                {data.systemEvents.length === 0 ? (
                  <Text size="sm" c="dimmed">
                    Nothing in this time.
                  </Text>
                ) : (
                  <Shares
                    rows={data.systemEvents.map(({ type, count }) => ({
                      type,
                      label: words.typeLabel(type),
                      count,
                    }))}
                  />
                )}
              </Panel>
            )}
          </SimpleGrid>
        </Stack>
      )}
    </div>
  )
}

function Shares({ rows }: { rows: { type: string; label: string; count: number }[] }) {
  const largest = Math.max(1, ...rows.map(({ count }) => count))
  return (
    <ul className={classes.shares}>
      {rows.map(({ type, label, count }) => {
        const Icon = iconOf(type)
        return (
          <li key={type} className={classes.share}>
            <Icon size={15} stroke={1.6} aria-hidden />
            <Text size="sm" truncate>
              {label}
            </Text>
            <Progress value={(100 * count) / largest} size="sm" aria-hidden />
            <Text size="sm" ta="right" className="tabular">
              {count.toLocaleString()}
            </Text>
          </li>
        )
      })}
    </ul>
  )
}
