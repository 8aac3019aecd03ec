/** How leads go through the stages: how many came, went on or were lost, and how long they stayed. */
import { Group, Modal, Select, Skeleton, Stack, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Pipeline } from '../../../../contract/records/pipeline'
import { api } from '../../../api'
import { messageOf } from '../../../app/problems'
import { DateField } from '../../../ui/DateField'
import { dateOf, daysFrom } from '../../../ui/dates'
import { StageBadge } from '../../../ui/StageBadge'
import classes from './Conversion.module.css'

const periods = [
  { value: 'all', label: 'All time' },
  { value: '30', label: 'Last 30 days' },
  { value: '90', label: 'Last 90 days' },
  { value: 'year', label: 'This year' },
  { value: 'between', label: 'Between two days' },
]

interface Period {
  from?: string | undefined
  to?: string | undefined
}

function periodOf(value: string, now: Date): Period {
  if (value === 'year') return { from: `${now.getFullYear()}-01-01` }
  const days = Number(value)
  return days > 0 ? { from: dateOf(daysFrom(now, -days)) } : {}
}

export default function Conversion({ pipeline, onClose }: { pipeline: Pipeline; onClose(): void }) {
  return (
    <Modal opened onClose={onClose} title={`How leads go through ${pipeline.name}`} size="xl">
      <ConversionTable pipeline={pipeline} />
    </Modal>
  )
}

export function ConversionTable({ pipeline }: { pipeline: Pipeline }) {
  const [chosen, setChosen] = useState('all')
  const [period, setPeriod] = useState<Period>({})
  const { from, to } = period
  const reversed = Boolean(from && to && to < from)
  const { data, error } = useQuery({
    ...api.pipeline.conversionRates.queryOptions({
      input: { pipelineId: pipeline.id, ...(from ? { from } : {}), ...(to ? { to } : {}) },
    }),
    enabled: !reversed,
  })
  const most = Math.max(1, ...(data ?? []).map(({ entered }) => entered))
  return (
    <Stack gap="sm">
      <Group gap="sm" align="flex-start">
        <Select
          size="xs"
          w={170}
          aria-label="Period in which leads entered a stage"
          allowDeselect={false}
          data={periods}
          value={chosen}
          onChange={(value) => {
            if (!value) return
            setChosen(value)
            if (value !== 'between') setPeriod(periodOf(value, new Date()))
          }}
        />
        {chosen === 'between' && (
          <>
            <DateField
              size="xs"
              aria-label="From"
              value={from ?? null}
              onChange={(date) => setPeriod({ from: date ?? undefined, to })}
            />
            <DateField
              size="xs"
              aria-label="To"
              value={to ?? null}
              error={reversed ? 'Before the first day' : undefined}
              onChange={(date) => setPeriod({ from, to: date ?? undefined })}
            />
          </>
        )}
      </Group>
      {error ? (
        <Text size="sm" c="red" role="alert">
          {messageOf(error)}
        </Text>
      ) : !data ? (
        <Skeleton height={220} />
      ) : (
        <Table.ScrollContainer minWidth={330}>
          <Table className={classes.table} verticalSpacing={7} horizontalSpacing="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Stage</Table.Th>
                <Table.Th className={classes.wide}>
                  <span className={classes.legend}>
                    <i data-part="on" /> went on <i data-part="lost" /> lost <i data-part="there" />{' '}
                    still there
                  </span>
                </Table.Th>
                <Table.Th className={classes.figure}>Entered</Table.Th>
                <Table.Th className={classes.figure}>Advanced</Table.Th>
                <Table.Th className={classes.figure}>Lost</Table.Th>
                <Table.Th className={classes.figure}>Average stay</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.map((row) => {
                const stage = pipeline.stages.find(({ id }) => id === row.stageId)
                const closed = stage?.kind !== 'open'
                return (
                  <Table.Tr key={row.stageId}>
                    <Table.Td>
                      <StageBadge stage={stage ?? { name: row.name, color: '#868e96' }} />
                    </Table.Td>
                    <Table.Td className={classes.wide}>
                      <div
                        className={classes.bar}
                        style={{ width: `${(row.entered / most) * 100}%` }}
                        aria-hidden
                      >
                        {!closed && (
                          <>
                            <i data-part="on" style={{ flexGrow: row.advanced }} />
                            <i data-part="lost" style={{ flexGrow: row.lostWithoutAdvancing }} />
                          </>
                        )}
                        <i
                          data-part="there"
                          style={{
                            flexGrow: closed
                              ? 1
                              : row.entered - row.advanced - row.lostWithoutAdvancing,
                          }}
                        />
                      </div>
                    </Table.Td>
                    <Table.Td className={classes.figure}>{row.entered.toLocaleString()}</Table.Td>
                    <Table.Td className={classes.figure}>
                      {closed ? '–' : share(row.advanced, row.entered)}
                    </Table.Td>
                    <Table.Td className={classes.figure}>
                      {closed ? '–' : share(row.lost, row.entered)}
                    </Table.Td>
                    <Table.Td className={classes.figure}>
                      {row.averageDays === null ? '–' : daysText(row.averageDays)}
                    </Table.Td>
                  </Table.Tr>
                )
              })}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <Text size="xs" c="dimmed">
        A lead went on when it was ever further along, even if it came back or was lost later. Each
        lead counts once in every stage it entered{from || to ? ' in this period' : ''}.
      </Text>
    </Stack>
  )
}

/** "12 · 48%". */
const share = (count: number, of: number) =>
  of === 0
    ? '–'
    : `${count.toLocaleString()} · ${(count / of).toLocaleString(undefined, { style: 'percent' })}`

const daysText = (days: number) =>
  days < 0.1
    ? 'under 3 hours'
    : `${days.toLocaleString(undefined, { maximumFractionDigits: 1 })} ${days === 1 ? 'day' : 'days'}`
