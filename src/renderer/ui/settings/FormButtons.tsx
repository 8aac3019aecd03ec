/** Saves a form of settings, or puts back what is stored. */
import { Button, Group } from '@mantine/core'

export interface FormButtonsProps {
  saving: boolean
  /** Whether something was changed that can be put back. */
  changed: boolean
  onDiscard(): void
  /** By default nothing is saved that was not changed. */
  disabled?: boolean
  label?: string
}

export function FormButtons(props: FormButtonsProps) {
  const { saving, changed, onDiscard, disabled = !changed, label = 'Save' } = props
  return (
    <Group>
      <Button type="submit" loading={saving} disabled={disabled}>
        {label}
      </Button>
      {changed && (
        <Button variant="default" onClick={onDiscard}>
          Discard changes
        </Button>
      )}
    </Group>
  )
}
