/** Asks whether running cadences stop when an outcome says that the contact has answered. */
import { Button, Group, Modal, SegmentedControl, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useRef, useState } from 'react'
import { api, client } from '../../../api'
import type { Links } from './draft'
import classes from './StopPlans.module.css'

/** What is logged, with its outcome. */
export interface Logged {
  type: string
  outcome: string | null
  direction?: 'inbound' | 'outbound' | null
  /** Null and left out are now. */
  occurredAt?: string | null
}

interface Stopping {
  count: number
  names: string[]
}

const none: Stopping = { count: 0, names: [] }

const inputOf = ({ type, outcome, direction, occurredAt }: Logged, about: readonly Links[]) => ({
  type,
  outcome: outcome ?? '',
  ...(direction && { direction }),
  ...(occurredAt && { occurredAt }),
  about: about.map(({ leadId, contactId }) => ({ leadId, contactId })),
})

const question = ({ count, names }: Stopping): string => {
  const [name = ''] = names
  if (count === 1) return `Stop the cadence “${name}”?`
  return names.length === 1
    ? `Stop the cadence “${name}” for all ${count.toLocaleString()}?`
    : `Stop ${count.toLocaleString()} running cadences: ${names.map((one) => `“${one}”`).join(', ')}${
        names.length === 5 ? ' …' : ''
      }?`
}

/** What the outcome would stop; nothing while there is none. */
export function useStopping(logged: Logged, about: readonly Links[]): Stopping {
  const { data } = useQuery({
    ...api.plans.stopping.queryOptions({ input: inputOf(logged, about) }),
    enabled: logged.outcome !== null && about.length > 0,
  })
  return (logged.outcome !== null && data) || none
}

export interface StopChoiceProps {
  stopping: Stopping
  keepsGoing: boolean
  onChange(keepsGoing: boolean): void
}

/** The question where an activity is being written. */
export function StopChoice({ stopping, keepsGoing, onChange }: StopChoiceProps) {
  if (stopping.count === 0) return null
  return (
    <div className={classes.choice}>
      <Text size="sm">They answered. {question(stopping)}</Text>
      <SegmentedControl
        size="xs"
        aria-label={question(stopping)}
        value={keepsGoing ? 'continue' : 'stop'}
        onChange={(value) => onChange(value === 'continue')}
        data={[
          { value: 'stop', label: 'Stop' },
          { value: 'continue', label: 'Keep going' },
        ]}
      />
    </div>
  )
}

type Choice = 'continue' | undefined

interface Asked {
  stopping: Stopping
  proceed(choice: Choice): void
}

export interface AskStop {
  askFirst(logged: Logged, about: readonly Links[], proceed: (choice: Choice) => void): void
  /** It is not known yet whether there is something to ask. */
  isAsking: boolean
}

/**
 * The question where one press does it all. A second press waits for the answer to the first.
 * @returns what asks first, where there is something to ask, and the dialog to show
 */
export function useAskStop(): AskStop & { dialog: ReactNode } {
  const [asked, setAsked] = useState<Asked | null>(null)
  const [isAsking, setAsking] = useState(false)
  const asking = useRef(false)
  const askFirst = async (
    logged: Logged,
    about: readonly Links[],
    proceed: (choice: Choice) => void,
  ) => {
    if (asking.current) return
    if (!logged.outcome) return proceed(undefined)
    asking.current = true
    setAsking(true)
    // Where it cannot be asked, saying what is done shows why.
    const stopping = await client.plans.stopping(inputOf(logged, about)).catch(() => none)
    asking.current = false
    setAsking(false)
    if (stopping.count === 0) proceed(undefined)
    else setAsked({ stopping, proceed })
  }
  const answer = (choice: Choice) => {
    setAsked(null)
    asked?.proceed(choice)
  }
  return {
    askFirst: (...all) => void askFirst(...all),
    isAsking,
    dialog: asked && (
      <Modal opened onClose={() => setAsked(null)} title="They answered" size="sm">
        <Stack gap="md">
          <Text size="sm">{question(asked.stopping)}</Text>
          <Group gap={6} justify="flex-end">
            <Button variant="default" onClick={() => answer('continue')}>
              Keep going
            </Button>
            <Button data-autofocus onClick={() => answer(undefined)}>
              {asked.stopping.count === 1 ? 'Stop cadence' : 'Stop cadences'}
            </Button>
          </Group>
        </Stack>
      </Modal>
    ),
  }
}
