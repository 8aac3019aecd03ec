/** What became of those a cadence took in: replies, wins, where plans end, whether steps are done in time. */
import { Paper, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core'
import { IconChartBarOff } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { CadenceAnalytics as Analytics } from '../../../../contract/cadences'
import { api } from '../../../api'
import { EmptyState } from '../../../ui/EmptyState'
import { UserAvatar } from '../../../ui/UserAvatar'
import { useWords } from '../../activities/words'
import { LoadState } from '../../settings/LoadState'
import classes from './analytics.module.css'
import { allTime, isReversed, PeriodFilter, periodInput } from './PeriodFilter'
import { RateBar } from './RateBar'
import { waitText } from './rates'

const plans = ['plan', 'plans'] as const
const leads = ['lead', 'leads'] as const
const steps = ['step', 'steps'] as const

export function CadenceAnalytics({ id }: { id: string }) {
  const [period, setPeriod] = useState(allTime)
  const analytics = useQuery({
    ...api.cadences.analytics.queryOptions({ input: { id, ...periodInput(period) } }),
    enabled: !isReversed(period),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <PeriodFilter value={period} onChange={setPeriod} />
      <LoadState query={analytics} what="the figures">
        {(data) =>
          data.enrolled === 0 ? (
            <EmptyState
              icon={IconChartBarOff}
              title="Nothing to count"
              text="No plan of this cadence began in this time."
            />
          ) : (
            <Figures data={data} />
          )
        }
      </LoadState>
    </>
  )
}

function Figures({ data }: { data: Analytics }) {
  const { adherence } = data
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
        <Figure label="Taken in" value={data.enrolled} />
        <Figure label="On the way" value={data.active} />
        <Figure label="Finished" value={data.finished} />
        <Figure label="Stopped" value={data.stopped} />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <Panel title="Answers and wins">
          <Line label="Answered">
            <RateBar rate={data.replies} what={plans} />
          </Line>
          <Line label="Won">
            <RateBar rate={data.conversions} what={leads} />
          </Line>
          <Line label="Median time to the first answer">
            <Text size="xs">{waitText(data.hoursToReply)}</Text>
          </Line>
        </Panel>
        <Panel title="In time">
          <Line label="Done on time">
            <RateBar rate={adherence.onTime} what={steps} />
          </Line>
          <Line label="Late">
            <Text size="xs">{adherence.late.toLocaleString()}</Text>
          </Line>
          <Line label="Skipped">
            <Text size="xs">{adherence.skipped.toLocaleString()}</Text>
          </Line>
        </Panel>
      </SimpleGrid>
      <Panel title="Step by step">
        <StepTable data={data} />
      </Panel>
      <Panel title="By person">
        <People data={data} />
      </Panel>
      <Text size="xs" c="dimmed">
        The line over a bar is its 95 % interval: the true rate is likely somewhere along it.
      </Text>
    </Stack>
  )
}

function StepTable({ data }: { data: Analytics }) {
  const words = useWords()
  const most = Math.max(1, ...data.steps.map(({ reached }) => reached))
  return (
    <Table.ScrollContainer minWidth={720}>
      <Table verticalSpacing={6} horizontalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Step</Table.Th>
            <Table.Th>Reached</Table.Th>
            <Table.Th>Plans that ended here</Table.Th>
            <Table.Th>On time, late, skipped</Table.Th>
            <Table.Th>Answered</Table.Th>
            <Table.Th>Won</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.steps.map((step) => (
            <Table.Tr key={`${step.stepId} ${step.variant}`}>
              <Table.Td>
                {step.variant === null ? (
                  <Text size="sm" fw={550}>
                    {step.position === null ? 'Former' : `${step.position + 1}.`}{' '}
                    {words.typeLabel(step.type)}
                  </Text>
                ) : (
                  <Text size="sm" c="dimmed" pl="md" className={classes.whole}>
                    Variant {step.variant}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>
                <div className={classes.reach}>
                  <span className="tabular">{step.reached.toLocaleString()}</span>
                  <i style={{ width: `${(step.reached / most) * 100}%` }} aria-hidden />
                </div>
              </Table.Td>
              <Table.Td className="tabular">{step.dropped.toLocaleString()}</Table.Td>
              <Table.Td className="tabular">
                {step.onTime.toLocaleString()} · {step.late.toLocaleString()} ·{' '}
                {step.skipped.toLocaleString()}
              </Table.Td>
              <Table.Td>
                <RateBar rate={step.replies} what={steps} />
              </Table.Td>
              <Table.Td>
                <RateBar rate={step.conversions} what={leads} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function People({ data }: { data: Analytics }) {
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table verticalSpacing={6} horizontalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Person</Table.Th>
            <Table.Th>Plans</Table.Th>
            <Table.Th>Steps done</Table.Th>
            <Table.Th>Answered</Table.Th>
            <Table.Th>Won</Table.Th>
            <Table.Th>On time</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.people.map((row) => (
            <Table.Tr key={row.user?.id ?? ''}>
              <Table.Td>{row.user ? <UserAvatar user={row.user} named /> : 'Nobody'}</Table.Td>
              <Table.Td className="tabular">{row.enrolled.toLocaleString()}</Table.Td>
              <Table.Td className="tabular">{row.done.toLocaleString()}</Table.Td>
              <Table.Td>
                <RateBar rate={row.replies} what={plans} />
              </Table.Td>
              <Table.Td>
                <RateBar rate={row.conversions} what={leads} />
              </Table.Td>
              <Table.Td>
                <RateBar rate={row.onTime} what={steps} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function Figure({ label, value }: { label: string; value: number }) {
  return (
    <Paper withBorder radius="lg" p="sm" bg="var(--surface)">
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text fz="1.5rem" fw={650} lh={1.2} className="tabular">
        {value.toLocaleString()}
      </Text>
    </Paper>
  )
}

function Panel({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper component="section" withBorder radius="lg" p="md" bg="var(--surface)">
      <Title order={2} size="h4" mb="sm">
        {title}
      </Title>
      {children}
    </Paper>
  )
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.line}>
      <Text size="sm">{label}</Text>
      {children}
    </div>
  )
}
