/** Narrows a timeline by text, kind of entry, type, person and time. */
import {
  ActionIcon,
  Button,
  FocusTrap,
  Group,
  Popover,
  Stack,
  Switch,
  TextInput,
} from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconAdjustmentsHorizontal, IconSearch, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { ActivityCategory } from '../../../../contract/timeline/words'
import { automatedActivityTypes, systemActivityTypes } from '../../../../contract/timeline/words'
import { DateField } from '../../../ui/DateField'
import { ReferencesPicker } from '../../../ui/ReferencesPicker'
import { readable } from '../../../ui/readable'
import { SearchMultiSelect } from '../../../ui/SearchSelect'
import { Segments } from '../../../ui/Segments'
import classes from './TimelineFilters.module.css'
import type { Words } from './words'

export interface TimelineFilter {
  q: string
  category: ActivityCategory | 'all'
  types: string[]
  userIds: string[]
  from: string | null
  to: string | null
  visibleOnly: boolean
}

export const noFilter: TimelineFilter = {
  q: '',
  category: 'all',
  types: [],
  userIds: [],
  from: null,
  to: null,
  visibleOnly: false,
}

export const isFiltering = (filter: TimelineFilter) => Object.keys(inputOfFilter(filter)).length > 0

/** The filter as the timeline procedures take it, without what does not narrow. */
export function inputOfFilter(filter: TimelineFilter) {
  return {
    ...(filter.q ? { q: filter.q } : {}),
    ...(filter.category === 'all' ? {} : { category: [filter.category] }),
    ...(filter.types.length > 0 ? { type: filter.types } : {}),
    ...(filter.userIds.length > 0 ? { userId: filter.userIds } : {}),
    ...(filter.from ? { from: filter.from } : {}),
    ...(filter.to ? { to: filter.to } : {}),
    ...(filter.visibleOnly ? { visibleOnly: true } : {}),
  }
}

export interface TimelineFiltersProps {
  value: TimelineFilter
  onChange(value: TimelineFilter): void
  words: Words
}

const pause = 150

export function TimelineFilters({ value, onChange, words }: TimelineFiltersProps) {
  const [text, setText] = useState(value.q)
  const tell = useDebouncedCallback((q: string) => onChange({ ...value, q }), pause)
  const more =
    value.types.length +
    value.userIds.length +
    (value.from ? 1 : 0) +
    (value.to ? 1 : 0) +
    (value.visibleOnly ? 1 : 0)
  const types = [
    ...words.types.map(({ name, label }) => ({ value: name, label })),
    ...[...systemActivityTypes, ...automatedActivityTypes].map((name) => ({
      value: name,
      label: readable(name),
    })),
  ]
  return (
    <div className={classes.bar}>
      <Segments<TimelineFilter['category']>
        label="Kind of entry"
        value={value.category}
        onChange={(category) => onChange({ ...value, category })}
        data={[
          { value: 'all', label: 'All' },
          { value: 'manual', label: 'Logged' },
          { value: 'system', label: 'System' },
          { value: 'automated', label: 'Auto' },
        ]}
      />
      <Group gap={6} wrap="nowrap" className={classes.right}>
        <TextInput
          size="xs"
          type="search"
          aria-label="Search in the timeline"
          placeholder="Search"
          leftSection={<IconSearch size={13} aria-hidden />}
          rightSection={
            text && (
              <ActionIcon
                size="sm"
                aria-label="Clear the search"
                onClick={() => {
                  setText('')
                  onChange({ ...value, q: '' })
                }}
              >
                <IconX size={13} />
              </ActionIcon>
            )
          }
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value)
            tell(event.currentTarget.value.trim())
          }}
        />
        <Popover position="bottom-end" shadow="md" width={300} trapFocus>
          <Popover.Target>
            <ActionIcon
              size={30}
              variant={more > 0 ? 'light' : 'subtle'}
              color={more > 0 ? 'juniper' : 'gray'}
              aria-label={more > 0 ? `More filters, ${more} set` : 'More filters'}
            >
              <IconAdjustmentsHorizontal size={16} />
            </ActionIcon>
          </Popover.Target>
          <Popover.Dropdown>
            <FocusTrap.InitialFocus />
            <Stack gap="sm">
              <SearchMultiSelect
                label="Type"
                size="xs"
                data={types}
                value={value.types}
                onChange={(next) => onChange({ ...value, types: next })}
                comboboxProps={{ withinPortal: false }}
              />
              <ReferencesPicker
                label="Person"
                of="user"
                withinPortal={false}
                value={value.userIds}
                onChange={(userIds) => onChange({ ...value, userIds })}
              />
              <Group grow>
                <DateField
                  label="From"
                  size="xs"
                  value={value.from}
                  onChange={(from) => onChange({ ...value, from })}
                />
                <DateField
                  label="To"
                  size="xs"
                  value={value.to}
                  onChange={(to) => onChange({ ...value, to })}
                />
              </Group>
              <Switch
                label="Only what reps see"
                checked={value.visibleOnly}
                onChange={(event) =>
                  onChange({ ...value, visibleOnly: event.currentTarget.checked })
                }
              />
              <Button
                variant="subtle"
                color="gray"
                onClick={() => {
                  setText('')
                  onChange(noFilter)
                }}
              >
                Show everything
              </Button>
            </Stack>
          </Popover.Dropdown>
        </Popover>
      </Group>
    </div>
  )
}
