/** Figures of many side by side: a table, and where that does not fit a card for each. */
import { Paper, Stack, Table } from '@mantine/core'
import type { ReactNode } from 'react'
import { useNarrow } from '../../../../ui/useNarrow'
import classes from './analytics.module.css'

export interface Column<Row> {
  label: string
  cell(row: Row): ReactNode
}

export interface FiguresTableProps<Row> {
  /** Names a row; the columns tell of it. */
  head: Column<Row>
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  keyOf(row: Row): string
  /** Below it the table scrolls to the side, in pixels. */
  minWidth: number
}

export function FiguresTable<Row>(props: FiguresTableProps<Row>) {
  const { head, columns, rows, keyOf, minWidth } = props
  if (useNarrow()) return <Cards {...props} />
  return (
    <Table.ScrollContainer minWidth={minWidth}>
      <Table className={classes.figures} verticalSpacing={7} horizontalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            {[head, ...columns].map(({ label }) => (
              <Table.Th key={label}>{label}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={keyOf(row)}>
              {[head, ...columns].map(({ label, cell }) => (
                <Table.Td key={label} className="tabular">
                  {cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function Cards<Row>({ head, columns, rows, keyOf }: FiguresTableProps<Row>) {
  return (
    <Stack gap="sm" component="ul" className={classes.cards}>
      {rows.map((row) => (
        <Paper key={keyOf(row)} component="li" withBorder radius="md" p="sm" bg="var(--surface)">
          {head.cell(row)}
          <dl className={classes.facts}>
            {columns.map(({ label, cell }) => (
              <div key={label} className={classes.fact}>
                <dt>{label}</dt>
                <dd className="tabular">{cell(row)}</dd>
              </div>
            ))}
          </dl>
        </Paper>
      ))}
    </Stack>
  )
}
