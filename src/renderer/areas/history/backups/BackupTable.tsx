/** Backups, newest first, each with a button that restores it. */
import { Badge, Button, Group, Table, Text, Tooltip } from '@mantine/core'
import { IconArchive, IconCircleCheck, IconHistory } from '@tabler/icons-react'
import type { Backup } from '../../../../contract/kernel/backup'
import { bytesText } from '../../../ui/bytes'
import { DateText } from '../../../ui/DateText'
import { EmptyState } from '../../../ui/EmptyState'
import { SettingsTable } from '../../../ui/settings/SettingsTable'
import classes from './database.module.css'

export interface BackupTableProps {
  backups: readonly Backup[]
  /** Without it the backups can only be read. */
  onRestore: ((backup: Backup) => void) | undefined
  disabled?: boolean
}

export function BackupTable({ backups, onRestore, disabled = false }: BackupTableProps) {
  if (backups.length === 0) {
    return (
      <EmptyState
        size="sm"
        icon={IconArchive}
        title="No backups yet"
        text="Rapport makes one each day, and before it changes the database’s form."
      />
    )
  }
  return (
    <SettingsTable
      verticalSpacing={8}
      className={classes.table}
      head={
        <>
          <Table.Th>Made</Table.Th>
          <Table.Th className={classes.wide}>Why</Table.Th>
          <Table.Th className={classes.number}>Size</Table.Th>
          <Table.Th className={classes.wide}>Checked</Table.Th>
          {onRestore && <Table.Th aria-label="Actions" />}
        </>
      }
    >
      {backups.map((backup) => (
        <Table.Tr key={backup.name}>
          <Table.Td>
            <Text size="sm" fw={550}>
              <DateText value={backup.at} format="moment" />
            </Text>
            <Text size="xs" c="dimmed">
              <DateText value={backup.at} />
              <span className={classes.narrow}> · {reasonTexts[backup.reason].label}</span>
            </Text>
          </Table.Td>
          <Table.Td className={classes.wide}>
            <Tooltip label={reasonTexts[backup.reason].text}>
              <Badge color="gray">{reasonTexts[backup.reason].label}</Badge>
            </Tooltip>
          </Table.Td>
          <Table.Td className={classes.number}>{bytesText(backup.bytes)}</Table.Td>
          <Table.Td className={classes.wide}>
            {backup.verified ? (
              <Group gap={5} wrap="nowrap" c="juniper">
                <IconCircleCheck size={16} aria-hidden /> Sound
              </Group>
            ) : (
              <Text size="sm" c="dimmed">
                When it is restored
              </Text>
            )}
          </Table.Td>
          {onRestore && (
            <Table.Td className={classes.number}>
              <Button
                variant="default"
                leftSection={<IconHistory size={15} />}
                disabled={disabled}
                aria-label={`Restore the backup of ${new Date(backup.at).toLocaleString()}`}
                onClick={() => onRestore(backup)}
              >
                Restore
              </Button>
            </Table.Td>
          )}
        </Table.Tr>
      ))}
    </SettingsTable>
  )
}

const reasonTexts: Readonly<Record<Backup['reason'], { label: string; text: string }>> = {
  daily: { label: 'Daily', text: 'Made by itself, once a day' },
  migration: { label: 'Before an update', text: 'Made before a new version changed the database' },
  restore: { label: 'Before a restore', text: 'What was there when another backup was restored' },
  manual: { label: 'By hand', text: 'Made with “Back up now”' },
}
