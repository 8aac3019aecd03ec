/** How much goes out by an account, and when nobody is written to; each in plain words. */
import { Group, NumberInput, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core'
import { WeekdayChips } from '../../../ui/WeekdayChips'
import type { AccountForm } from './accountForm'

export function AccountLimits({ form }: { form: AccountForm }) {
  const { on, days } = form.values.quietHours
  return (
    <Stack gap="md">
      <Stack gap={2}>
        <Text size="sm" fw={600}>
          How much goes out
        </Text>
        <Text size="xs" c="dimmed">
          What is approved beyond these waits its turn by itself. Providers block accounts that send
          too much at once: ask yours what it allows.
        </Text>
      </Stack>
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
        <NumberInput
          label="At most an hour"
          min={1}
          max={10_000}
          allowDecimal={false}
          {...form.getInputProps('perHour')}
        />
        <NumberInput
          label="At most a day"
          min={1}
          max={100_000}
          allowDecimal={false}
          {...form.getInputProps('perDay')}
        />
        <NumberInput
          label="Seconds between two"
          min={0}
          max={86_400}
          allowDecimal={false}
          {...form.getInputProps('spacingSeconds')}
        />
      </SimpleGrid>
      <Switch
        label="Quiet hours"
        description="Nobody is written to in these hours of where they are: a contact in Tokyo is asleep while you are not. “Send now” does not wait for them."
        {...form.getInputProps('quietHours.on', { type: 'checkbox' })}
      />
      {on && (
        <>
          <Group gap="sm">
            <TextInput
              label="From"
              type="time"
              w={130}
              {...form.getInputProps('quietHours.from')}
            />
            <TextInput label="To" type="time" w={130} {...form.getInputProps('quietHours.to')} />
          </Group>
          <WeekdayChips
            label="Nothing at all on"
            value={days}
            onChange={(chosen) => form.setFieldValue('quietHours.days', chosen)}
          />
          {form.errors.quietHours && (
            <Text size="xs" c="red" role="alert">
              {form.errors.quietHours}
            </Text>
          )}
        </>
      )}
    </Stack>
  )
}
