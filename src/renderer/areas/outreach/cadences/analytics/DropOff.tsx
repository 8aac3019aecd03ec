/** How far plans come: a bar for each step, as long as the plans that reached it are many. */
import '@mantine/charts/styles.layer.css'
import { BarChart } from '@mantine/charts'
import { Text } from '@mantine/core'
import type { CadenceAnalytics } from '../../../../../contract/outreach/cadences'
import { useNarrow } from '../../../../ui/useNarrow'
import { useWords } from '../../../timeline/activities/words'
import { dropOffOf, dropOffText } from './dropOff'

const series = [
  { name: 'wentOn', label: 'Went on', color: 'juniper.6' },
  { name: 'waiting', label: 'Wait here', color: 'amber.5' },
  { name: 'ended', label: 'Ended here', color: 'gray.5' },
]
const heightOfStep = 40
const heightOfRest = 78

export function DropOff({ steps }: Pick<CadenceAnalytics, 'steps'>) {
  const { typeLabel } = useWords()
  const narrow = useNarrow()
  const parts = dropOffOf(steps, typeLabel)
  if (parts.length === 0)
    return (
      <Text size="sm" c="dimmed">
        None of the steps that the cadence has now was reached in this time.
      </Text>
    )
  return (
    <div role="img" aria-label={dropOffText(parts)}>
      <BarChart
        h={parts.length * heightOfStep + heightOfRest}
        type="stacked"
        orientation="vertical"
        data={parts}
        dataKey="step"
        series={series}
        withLegend
        tickLine="none"
        gridAxis="y"
        legendProps={{ itemSorter: null }}
        maxBarWidth={22}
        yAxisProps={{ width: narrow ? 92 : 130 }}
        xAxisProps={{ allowDecimals: false }}
      />
    </div>
  )
}
