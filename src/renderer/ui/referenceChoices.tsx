/** What the pickers of records share: looking up what was typed, and how a choice looks. */
import { Group, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { CreatableKind } from '../app/create'
import { findReferences, type ReferenceKind, type ReferenceOption } from './references'

const pause = 120
const none: ReferenceOption[] = []

export const creatable: Partial<Record<ReferenceKind, CreatableKind>> = {
  company: 'company',
  contact: 'contact',
  lead: 'lead',
  customer: 'customer',
}

export function useChoices(of: ReferenceKind, typed: string, opened: boolean) {
  const [asked] = useDebouncedValue(typed, pause)
  const found = useQuery({
    ...findReferences(of, asked),
    enabled: opened,
    placeholderData: keepPreviousData,
  })
  return {
    options: found.data ?? none,
    isPending: found.isPending,
    isFetching: found.isFetching,
    /** Whether these are the choices for what is typed now. */
    isCurrent: asked === typed && found.data !== undefined && !found.isPlaceholderData,
  }
}

export const isSameName = (one: string, other: string) =>
  one.trim().localeCompare(other.trim(), undefined, { sensitivity: 'accent' }) === 0

/** The choice that Enter takes: the one of exactly this name, else the first. */
export function bestIndex(options: readonly ReferenceOption[], typed: string): number {
  const exact = options.findIndex(({ name }) => isSameName(name, typed))
  return exact === -1 ? 0 : exact
}

/** "Choose a company or create “Acme”". */
export const missingText = (of: ReferenceKind, typed: string, mayCreate: boolean) =>
  mayCreate
    ? `Choose a ${of} or create “${typed.trim()}”`
    : `Choose a ${of} from the list: “${typed.trim()}” is none`

export function Option({ option }: { option: ReferenceOption }) {
  return (
    <Group gap={8} wrap="nowrap" miw={0}>
      {option.color && (
        <span
          aria-hidden
          style={{ width: 9, height: 9, borderRadius: 3, background: option.color, flex: 'none' }}
        />
      )}
      <Text size="sm" truncate>
        {option.name}
      </Text>
      {option.detail && (
        <Text size="xs" c="dimmed" truncate ml="auto">
          {option.detail}
        </Text>
      )}
    </Group>
  )
}
