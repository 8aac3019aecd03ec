/** Cadences side by side: how many each took in, and what became of them. */
import { Table, Text } from '@mantine/core'
import { IconChartBarOff } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../../api'
import { EmptyState } from '../../../ui/EmptyState'
import { LoadState } from '../../settings/LoadState'
import classes from './analytics.module.css'
import { allTime, isReversed, PeriodFilter, periodInput } from './PeriodFilter'
import { RateBar } from './RateBar'
import { waitText } from './rates'

const plans = ['plan', 'plans'] as const
const leads = ['lead', 'leads'] as const
const steps = ['step', 'steps'] as const

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
            <Table.ScrollContainer minWidth={1080}>
              <Table className={classes.compared} verticalSpacing={7} horizontalSpacing="sm">
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>Cadence</Table.Th>
                    <Table.Th>Taken in</Table.Th>
                    <Table.Th>On the way</Table.Th>
                    <Table.Th>Finished</Table.Th>
                    <Table.Th>Stopped</Table.Th>
                    <Table.Th>Answered</Table.Th>
                    <Table.Th>Won</Table.Th>
                    <Table.Th>On time</Table.Th>
                    <Table.Th>First answer after</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {rows.map((row) => (
                    <Table.Tr key={row.cadence.id}>
                      <Table.Td>
                        <Link
                          to="/cadences/$id"
                          params={{ id: row.cadence.id }}
                          className={classes.cadence}
                        >
                          {row.cadence.name}
                        </Link>
                      </Table.Td>
                      <Table.Td className="tabular">{row.enrolled.toLocaleString()}</Table.Td>
                      <Table.Td className="tabular">{row.active.toLocaleString()}</Table.Td>
                      <Table.Td className="tabular">{row.finished.toLocaleString()}</Table.Td>
                      <Table.Td className="tabular">{row.stopped.toLocaleString()}</Table.Td>
                      <Table.Td>
                        <RateBar rate={row.replies} what={plans} />
                      </Table.Td>
                      <Table.Td>
                        <RateBar rate={row.conversions} what={leads} />
                      </Table.Td>
                      <Table.Td>
                        <RateBar rate={row.adherence.onTime} what={steps} />
                      </Table.Td>
                      <Table.Td>
                        <Text size="xs">{waitText(row.hoursToReply)}</Text>
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          )
        }
      </LoadState>
    </>
  )
}
