/** Completes a planned activity, with how it went where that matters. */
import { Button, Menu } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { Activity } from '../../../../contract/timeline/activities'
import { api } from '../../../api'
import { type MenuButtonProps, MenuOnDemand } from '../../../ui/MenuOnDemand'
import { hasOutcome } from './draft'
import { useAskStop } from './StopPlans'
import type { Words } from './words'

export function CompleteMenu({ activity, words }: { activity: Activity; words: Words }) {
  const complete = useMutation(api.activities.complete.mutationOptions())
  const { askFirst, dialog } = useAskStop()
  const { type, direction, lead, contact } = activity
  const about = [{ leadId: lead?.id ?? null, contactId: contact?.id ?? null }]
  if (!hasOutcome(activity.type))
    return (
      <DoneButton
        loading={complete.isPending}
        onClick={() => complete.mutate({ id: activity.id })}
      />
    )
  return (
    <>
      <MenuOnDemand
        width={200}
        dropdown={{ mah: 360, style: { overflowY: 'auto' } }}
        button={DoneButton}
      >
        <Menu.Item onClick={() => complete.mutate({ id: activity.id })}>Done</Menu.Item>
        <Menu.Divider />
        <Menu.Label>How did it go?</Menu.Label>
        {words.outcomes
          .filter(({ active }) => active)
          .map(({ name, label }) => (
            <Menu.Item
              key={name}
              onClick={() =>
                askFirst({ type, direction, outcome: name }, about, (plan) =>
                  complete.mutate({ id: activity.id, outcome: name, ...(plan && { plan }) }),
                )
              }
            >
              {label}
            </Menu.Item>
          ))}
      </MenuOnDemand>
      {dialog}
    </>
  )
}

function DoneButton(props: Partial<MenuButtonProps> & { loading?: boolean }) {
  return (
    <Button variant="light" size="compact-sm" leftSection={<IconCheck size={14} />} {...props}>
      Done
    </Button>
  )
}
