/** Cadences side by side: how many each took in, and what became of them. */
import { Text } from '@mantine/core'
import { IconChartBarOff } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { CadenceAnalytics } from '../../../../../contract/outreach/cadences'
import { api } from '../../../../api'
import { EmptyState } from '../../../../ui/EmptyState'
import { LoadState } from '../../../../ui/LoadState'
import classes from './analytics.module.css'
import { type Column, FiguresTable } from './FiguresTable'
import { allTime, isReversed, PeriodFilter, periodInput } from './PeriodFilter'
import { RateBar } from './RateBar'
import { waitText } from './rates'

const plans = ['plan', 'plans'] as const
const leads = ['lead', 'leads'] as const
const steps = ['step', 'steps'] as const

type Compared = Omit<CadenceAnalytics, 'steps' | 'people'>
const columns: Column<Compared>[] = [
  { label: 'Taken in', cell: ({ enrolled }) => enrolled.toLocaleString() },
  { label: 'On the way', cell: ({ active }) => active.toLocaleString() },
  { label: 'Finished', cell: ({ finished }) => finished.toLocaleString() },
  { label: 'Stopped', cell: ({ stopped }) => stopped.toLocaleString() },
  { label: 'Answered', cell: ({ replies }) => <RateBar rate={replies} what={plans} /> },
  { label: 'Won', cell: ({ conversions }) => <RateBar rate={conversions} what={leads} /> },
  { label: 'On time', cell: ({ adherence }) => <RateBar rate={adherence.onTime} what={steps} /> },
  {
    label: 'First answer after',
    cell: ({ hoursToReply }) => <Text size="xs">{waitText(hoursToReply)}</Text>,
  },
]

export function CompareCadences() {
  const [period, setPeriod] = useState(allTime)
  const compared = useQuery({
    ...api.cadences.compare.queryOptions({ input: periodInput(period) }),
    enabled: !isReversed(period),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <PeriodFilter value={period} onChange={setPeriod} />
      <LoadState query={compared} what="the figures">
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState icon={IconChartBarOff} title="No cadences to compare" />
          ) : (
            <FiguresTable
              head={{
                label: 'Cadence',
                cell: ({ cadence }) => (
                  <Link to="/cadences/$id" params={{ id: cadence.id }} className={classes.cadence}>
                    {cadence.name}
                  </Link>
                ),
              }}
              columns={columns}
              rows={rows}
              keyOf={({ cadence }) => cadence.id}
              minWidth={1080}
            />
          )
        }
      </LoadState>
    </>
  )
}
