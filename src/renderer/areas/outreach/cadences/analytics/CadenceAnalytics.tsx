/** What became of those a cadence took in: replies, wins, where plans end, whether steps are done in time. */
import { SimpleGrid, Stack, Text } from '@mantine/core'
import { IconChartBarOff } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { CadenceAnalytics as Analytics } from '../../../../../contract/outreach/cadences'
import { api } from '../../../../api'
import { EmptyState } from '../../../../ui/EmptyState'
import { Figure, Panel } from '../../../../ui/figures'
import { LoadState } from '../../../../ui/LoadState'
import { UserAvatar } from '../../../../ui/UserAvatar'
import { useWords } from '../../../timeline/activities/words'
import classes from './analytics.module.css'
import { DropOff } from './DropOff'
import { type Column, FiguresTable } from './FiguresTable'
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
      <Panel title="How far plans come">
        <DropOff steps={data.steps} />
      </Panel>
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

type StepFigures = Analytics['steps'][number]
const counted = (value: number) => value.toLocaleString()

const stepColumns: Column<StepFigures>[] = [
  { label: 'Reached', cell: ({ reached }) => counted(reached) },
  { label: 'Ended here', cell: ({ dropped }) => counted(dropped) },
  {
    label: 'On time · late · skipped',
    cell: ({ onTime, late, skipped }) => [onTime, late, skipped].map(counted).join(' · '),
  },
  { label: 'Answered', cell: ({ replies }) => <RateBar rate={replies} what={steps} /> },
  { label: 'Won', cell: ({ conversions }) => <RateBar rate={conversions} what={leads} /> },
]

function StepTable({ data }: { data: Analytics }) {
  const { typeLabel } = useWords()
  return (
    <FiguresTable
      head={{
        label: 'Step',
        cell: ({ variant, position, type }) =>
          variant === null ? (
            <Text size="sm" fw={550} className={classes.whole}>
              {position === null ? 'Former' : `${position + 1}.`} {typeLabel(type)}
            </Text>
          ) : (
            <Text size="sm" c="dimmed" pl="md" className={classes.whole}>
              Variant {variant}
            </Text>
          ),
      }}
      columns={stepColumns}
      rows={data.steps}
      keyOf={({ stepId, variant }) => `${stepId} ${variant}`}
      minWidth={720}
    />
  )
}

const personColumns: Column<Analytics['people'][number]>[] = [
  { label: 'Plans', cell: ({ enrolled }) => counted(enrolled) },
  { label: 'Steps done', cell: ({ done }) => counted(done) },
  { label: 'Answered', cell: ({ replies }) => <RateBar rate={replies} what={plans} /> },
  { label: 'Won', cell: ({ conversions }) => <RateBar rate={conversions} what={leads} /> },
  { label: 'On time', cell: ({ onTime }) => <RateBar rate={onTime} what={steps} /> },
]

function People({ data }: { data: Analytics }) {
  return (
    <FiguresTable
      head={{
        label: 'Person',
        cell: ({ user }) => (user ? <UserAvatar user={user} named /> : 'Nobody'),
      }}
      columns={personColumns}
      rows={data.people}
      keyOf={({ user }) => user?.id ?? ''}
      minWidth={640}
    />
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
