/** The page of a task or reminder: its facts, what can be done with it, and the timeline of the record it is about. */
import { Button } from '@mantine/core'
import { IconArrowBackUp, IconCheck, IconClockPause } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useApp } from '../../app/actions'
import type { ShownRecord } from '../../app/recordParts'
import { kinds } from '../../app/records'
import { useMay } from '../../app/session'
import { Facts, type FactsProps } from '../../ui/record/Facts'
import { RecordHeader, type RecordHeaderProps } from '../../ui/record/RecordHeader'
import { RecordPage } from '../../ui/record/RecordPage'
import { SnoozeMenu } from '../../ui/SnoozeMenu'
import type { Linked } from '../timeline/activities/links'
import { timelineTabs } from '../timeline/activities/TimelineTab'

/** A mutation of one of them. */
interface Step {
  isPending: boolean
  mutate(input: { id: string }, options?: { onSuccess?(): void }): void
}

interface WorkPageProps<Row> extends Pick<RecordHeaderProps, 'rename' | 'badges' | 'subtitle'> {
  record: ShownRecord<'task' | 'reminder'>
  row: Row
  isOpen: boolean
  facts: FactsProps<Row>['facts']
  save: FactsProps<Row>['save']
  onSnooze(until: string): void
  /** Further buttons while it is open. */
  buttons?: ReactNode
  complete: Step
  reopen: Step
  remove: Step
  restore(): Promise<unknown>
}

export function WorkPage<Row extends Linked & { id: string }>(props: WorkPageProps<Row>) {
  const { record, row, isOpen, facts, save, onSnooze, buttons, complete, reopen, remove } = props
  const { restore, ...header } = props
  const app = useApp()
  const mayWrite = useMay('write') && !record.readOnly
  const { id, name, readOnly } = record
  return (
    <RecordPage
      record={record}
      restore={restore}
      header={
        <RecordHeader
          record={record}
          {...(header.rename && { rename: header.rename })}
          badges={header.badges}
          subtitle={header.subtitle}
          actions={
            mayWrite &&
            (isOpen ? (
              <>
                <SnoozeMenu label="Put off until" onSnooze={onSnooze}>
                  <Button variant="default" leftSection={<IconClockPause size={15} />}>
                    Put off
                  </Button>
                </SnoozeMenu>
                {buttons}
                <Button
                  leftSection={<IconCheck size={15} />}
                  loading={complete.isPending}
                  onClick={() => complete.mutate({ id })}
                >
                  Complete
                </Button>
              </>
            ) : (
              <Button
                variant="default"
                leftSection={<IconArrowBackUp size={15} />}
                loading={reopen.isPending}
                onClick={() => reopen.mutate({ id })}
              >
                Reopen
              </Button>
            ))
          }
          remove={() =>
            remove.mutate({ id }, { onSuccess: () => app.goTo(`/${kinds[record.kind].path}`) })
          }
        />
      }
      facts={
        <Facts row={row} name={name} facts={facts} save={save} readOnly={readOnly} withShortcut />
      }
      tabs={timelineTabs(row, !mayWrite)}
    />
  )
}
