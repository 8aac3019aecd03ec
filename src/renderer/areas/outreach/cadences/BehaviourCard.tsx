/** How a cadence behaves: what ends a plan, who it takes in, when steps may fall. */
import { MultiSelect, Select, Stack, Switch, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { CadenceSettings, CadenceWithSteps } from '../../../../contract/outreach/cadences'
import { api } from '../../../api'
import { messageOf } from '../../../app/problems'
import { textOrNull } from '../../../ui/forms'
import { useTyped } from '../../../ui/useTyped'
import { useWords } from '../../timeline/activities/words'
import classes from './cadences.module.css'

const ownerChanges: { value: CadenceSettings['onOwnerChange']; label: string }[] = [
  { value: 'reassign', label: 'The plan goes to the new owner' },
  { value: 'keep', label: 'The plan stays with whoever works it' },
  { value: 'end', label: 'The plan ends' },
]

export function BehaviourCard({
  cadence,
  readOnly,
}: {
  cadence: CadenceWithSteps
  readOnly: boolean
}) {
  const update = useMutation(api.cadences.update.mutationOptions({ meta: { showsProblem: true } }))
  const typed = useTyped(cadence.description ?? '')
  const { settings } = cadence
  const words = useWords()
  const set = (change: Partial<CadenceSettings>) =>
    update.mutate({
      id: cadence.id,
      settings: change,
      basedOn: {
        settings: Object.fromEntries(
          (Object.keys(change) as (keyof CadenceSettings)[]).map((key) => [key, settings[key]]),
        ),
      },
    })
  return (
    <Stack gap="lg" className={classes.behaviour}>
      <Textarea
        label="Description"
        description="When to use it, and for whom."
        autosize
        minRows={2}
        maxRows={8}
        readOnly={readOnly}
        value={typed.value}
        error={update.error ? messageOf(update.error) : undefined}
        onChange={(event) => typed.type(event.currentTarget.value)}
        onBlur={() => {
          const text = typed.value
          const description = textOrNull(text)
          const before = textOrNull(typed.before)
          if (description === before) typed.forget()
          else
            update.mutate(
              { id: cadence.id, description, basedOn: { description: before } },
              { onSuccess: () => typed.saved(text, description ?? '') },
            )
        }}
      />
      <Switch
        label="Stop when the contact answers"
        description="Whatever way the answer comes: the plan ends and nothing more is sent."
        disabled={readOnly}
        checked={settings.stopOnReply}
        onChange={(event) => set({ stopOnReply: event.currentTarget.checked })}
      />
      <MultiSelect
        label="Stop at these outcomes"
        description="Logging one of them means they answered: you are asked, and the plan ends unless you keep it going. A branch of a step for that outcome decides by itself."
        disabled={readOnly}
        data={words.outcomes
          .filter(({ name, active }) => active || settings.stopOnOutcomes.includes(name))
          .map(({ name, label }) => ({ value: name, label }))}
        value={settings.stopOnOutcomes}
        onChange={(stopOnOutcomes) => set({ stopOnOutcomes })}
      />
      <Switch
        label="Only leads that are in no other plan"
        disabled={readOnly}
        checked={settings.exclusive}
        onChange={(event) => set({ exclusive: event.currentTarget.checked })}
      />
      <Switch
        label="Steps wait for working days and hours"
        description="Those of whoever works the plan, holidays included."
        disabled={readOnly}
        checked={settings.workingTimeOnly}
        onChange={(event) => set({ workingTimeOnly: event.currentTarget.checked })}
      />
      <Select
        label="When the lead is given to somebody else"
        allowDeselect={false}
        disabled={readOnly}
        data={ownerChanges}
        value={settings.onOwnerChange}
        onChange={(value) => value && set({ onOwnerChange: value })}
      />
    </Stack>
  )
}
