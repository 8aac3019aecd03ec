/** A table within the card of a settings page. */
import { Table, type TableProps } from '@mantine/core'
import type { ReactNode } from 'react'

export interface SettingsTableProps extends Pick<TableProps, 'className' | 'verticalSpacing'> {
  /** Its heading cells. */
  head: ReactNode
  /** Its rows. */
  children: ReactNode
}

export function SettingsTable({ head, children, ...table }: SettingsTableProps) {
  return (
    <Table borderColor="var(--line)" horizontalSpacing={18} {...table}>
      <Table.Thead>
        <Table.Tr>{head}</Table.Tr>
      </Table.Thead>
      <Table.Tbody>{children}</Table.Tbody>
    </Table>
  )
}
