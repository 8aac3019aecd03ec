/** What is planned on a record from its header: a reminder at one press, or a task. */
import { Button } from '@mantine/core'
import { IconBellPlus, IconCheckbox } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../api'
import { useApp } from '../../../app/actions'
import { useShortcuts } from '../../../app/keyboard'
import type { ShownRecord } from '../../../app/recordParts'
import { useMay } from '../../../app/session'
import { shortcuts } from '../../../app/shortcuts'
import { SnoozeMenu } from '../../../ui/SnoozeMenu'
import { type LogKind, linksTo } from '../../timeline/activities/links'

export function NextStepActions({ record }: { record: ShownRecord<LogKind> }) {
  const { kind, id, name, readOnly } = record
  const idField = `${kind}Id`
  const app = useApp()
  const mayPlan = useMay('write') && !readOnly
  const [opened, setOpened] = useState(false)
  const create = useMutation(api.reminders.create.mutationOptions())
  useShortcuts(
    mayPlan
      ? {
          remindMe: () => setOpened(true),
          quickEntry: () => app.create('entry', { initial: { [idField]: id } }),
        }
      : {},
  )
  if (!mayPlan) return null
  return (
    <>
      <SnoozeMenu
        label="Remind me"
        opened={opened}
        onOpened={setOpened}
        onSnooze={(remindAt) => create.mutate({ ...linksTo(kind, id), remindAt })}
      >
        <Button
          variant="default"
          leftSection={<IconBellPlus size={15} />}
          loading={create.isPending}
          title={`${shortcuts.remindMe.label} (${shortcuts.remindMe.keys})`}
        >
          Remind me
        </Button>
      </SnoozeMenu>
      <Button
        variant="default"
        leftSection={<IconCheckbox size={15} />}
        onClick={() =>
          app.create('task', { initial: { [idField]: { id, name } }, onCreated: () => {} })
        }
      >
        Add task
      </Button>
    </>
  )
}
