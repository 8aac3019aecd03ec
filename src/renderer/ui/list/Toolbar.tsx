/** What narrows and arranges a list: search, quick chips, filter editor, columns, sort. */
import {
  ActionIcon,
  Button,
  Checkbox,
  Chip,
  Group,
  Menu,
  Popover,
  ScrollArea,
  Select,
  Stack,
  Text,
  TextInput,
  Tooltip,
} from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import {
  IconArrowsSort,
  IconChevronDown,
  IconChevronUp,
  IconColumns3,
  IconSearch,
  IconX,
} from '@tabler/icons-react'
import { dequal } from 'dequal'
import { type RefObject, useEffect, useState } from 'react'
import type { Condition } from '../../../contract/kernel/conditions'
import { Keys } from '../../app/Keys'
import type { FilterField } from '../fields'
import { useNarrow } from '../useNarrow'
import { defaultColumns, moveColumn } from './columns'
import { askable, countOfComparisons, demands, toggle } from './conditions'
import type { ListDefinition, ListRow } from './definition'
import { FilterButton } from './FilterButton'
import { FilterEditor } from './FilterEditor'
import { sortOf } from './sort'
import type { ListStateStore } from './state'
import classes from './Toolbar.module.css'
import type { Columns } from './useColumns'

export interface ToolbarProps<Row extends ListRow> {
  definition: ListDefinition<Row>
  store: ListStateStore
  columns: Columns
  search: RefObject<HTMLInputElement | null>
  defaultSort: string
}

/** Milliseconds after a key: the core is on this machine, and what it no longer needs to answer is called off. */
const pause = 50

export function Toolbar<Row extends ListRow>(props: ToolbarProps<Row>) {
  const { definition, store, columns, search, defaultSort } = props
  const { state, change } = store
  const narrow = useNarrow()
  return (
    <div className={classes.bar}>
      <SearchField
        search={search}
        value={state.q ?? ''}
        onChange={(q) => change({ q: q || undefined })}
      />
      <Filter fields={definition.fields} store={store} />
      <fieldset className={classes.chips} aria-label="Quick filters">
        {definition.chips.map(({ label, comparison, moving, icon: Icon }) => (
          <Chip
            key={label}
            icon={Icon ? <Icon size={12} /> : undefined}
            checked={demands(state.filter, comparison, moving)}
            onChange={() => change({ filter: toggle(state.filter, comparison, moving) })}
          >
            {label}
          </Chip>
        ))}
      </fieldset>
      <div className={classes.end}>
        {narrow ? (
          <SortMenu
            definition={definition}
            sort={sortOf(state, defaultSort)}
            onSort={(sort) => change({ sort })}
          />
        ) : (
          <ColumnsMenu definition={definition} columns={columns} store={store} />
        )}
      </div>
    </div>
  )
}

interface SearchFieldProps {
  search: RefObject<HTMLInputElement | null>
  value: string
  onChange(value: string): void
  label?: string
}

export function SearchField({
  search,
  value,
  onChange,
  label = 'Search in this list',
}: SearchFieldProps) {
  const narrow = useNarrow()
  const [text, setText] = useState(value)
  const tell = useDebouncedCallback(onChange, pause)
  // The address may change by itself: a view was chosen, or the filters were cleared.
  useEffect(() => {
    if (document.activeElement !== search.current) setText(value)
  }, [value, search])
  return (
    <TextInput
      ref={search}
      className={classes.search}
      size="xs"
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={14} stroke={1.8} aria-hidden />}
      rightSectionWidth={28}
      rightSection={
        text ? (
          <ActionIcon
            size="sm"
            aria-label="Clear the search"
            onClick={() => {
              setText('')
              onChange('')
              search.current?.focus()
            }}
          >
            <IconX size={13} />
          </ActionIcon>
        ) : (
          !narrow && <Keys keys="/" />
        )
      }
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value)
        tell(event.currentTarget.value.trim())
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur()
      }}
    />
  )
}

interface FilterProps {
  fields: readonly FilterField[]
  store: ListStateStore
}

function Filter({ fields, store }: FilterProps) {
  const { state, change } = store
  // Unfinished conditions live here only; the list is asked for the finished ones.
  const [draft, setDraft] = useState<Condition>(state.filter ?? { all: [] })
  return (
    <FilterButton
      count={countOfComparisons(state.filter)}
      width={660}
      onOpen={() => setDraft(state.filter ?? { all: [] })}
    >
      {(close) => (
        <Stack gap="sm">
          <FilterEditor
            fields={fields}
            value={draft}
            onChange={(next) => {
              setDraft(next)
              const asked = askable(next)
              if (!dequal(asked, state.filter)) change({ filter: asked })
            }}
          />
          <Group justify="space-between">
            <Button
              variant="subtle"
              color="gray"
              disabled={countOfComparisons(draft) === 0}
              onClick={() => {
                setDraft({ all: [] })
                change({ filter: undefined })
              }}
            >
              Clear
            </Button>
            <Button variant="default" onClick={close}>
              Done
            </Button>
          </Group>
        </Stack>
      )}
    </FilterButton>
  )
}

interface ColumnsMenuProps<Row extends ListRow> {
  definition: ListDefinition<Row>
  columns: Columns
  store: ListStateStore
}

function ColumnsMenu<Row extends ListRow>({ definition, columns, store }: ColumnsMenuProps<Row>) {
  const { state, change } = store
  const { shown } = columns
  // Within a view the choice belongs to the view until it is saved; else it is the user's own.
  const choose = (next: string[]) =>
    state.view || state.columns ? change({ columns: next }) : columns.setShown(next)
  const ordered = [
    ...shown.flatMap((id) => definition.columns.filter((column) => column.id === id)),
    ...definition.columns.filter(({ id }) => !shown.includes(id)),
  ]
  const [name] = definition.columns
  return (
    <Popover position="bottom-end" shadow="md" width={270} trapFocus>
      <Popover.Target>
        <Tooltip label="Columns">
          <ActionIcon size="lg" aria-label="Columns">
            <IconColumns3 size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p="xs">
        <ScrollArea.Autosize mah={420}>
          {ordered.map((column) => {
            const isShown = shown.includes(column.id)
            const place = shown.indexOf(column.id)
            return (
              <Group key={column.id} justify="space-between" wrap="nowrap" h={32} px={6}>
                <Checkbox
                  label={column.label}
                  checked={isShown}
                  disabled={column.id === name?.id}
                  onChange={() =>
                    choose(isShown ? shown.filter((id) => id !== column.id) : [...shown, column.id])
                  }
                />
                {isShown && place > 0 && (
                  <Group gap={0} wrap="nowrap">
                    <ActionIcon
                      size="sm"
                      aria-label={`Move ${column.label} up`}
                      disabled={place < 2}
                      onClick={() => choose(moveColumn(shown, column.id, -1))}
                    >
                      <IconChevronUp size={14} />
                    </ActionIcon>
                    <ActionIcon
                      size="sm"
                      aria-label={`Move ${column.label} down`}
                      disabled={place === shown.length - 1}
                      onClick={() => choose(moveColumn(shown, column.id, 1))}
                    >
                      <IconChevronDown size={14} />
                    </ActionIcon>
                  </Group>
                )}
              </Group>
            )
          })}
        </ScrollArea.Autosize>
        <Button
          variant="subtle"
          color="gray"
          fullWidth
          mt={4}
          onClick={() => choose(defaultColumns(definition.columns))}
        >
          As it was
        </Button>
      </Popover.Dropdown>
    </Popover>
  )
}

interface SortMenuProps<Row extends ListRow> {
  definition: ListDefinition<Row>
  sort: string | undefined
  onSort(sort: string): void
}

function SortMenu<Row extends ListRow>({ definition, sort, onSort }: SortMenuProps<Row>) {
  const field = sort?.replace(/^-/, '')
  const descending = sort?.startsWith('-') ?? false
  return (
    <Menu closeOnItemClick={false}>
      <Menu.Target>
        <ActionIcon size="lg" aria-label="Sort">
          <IconArrowsSort size={18} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown p="sm">
        <Stack gap="sm">
          <Text size="sm" fw={600}>
            Sort
          </Text>
          <Select
            aria-label="Sort by"
            allowDeselect={false}
            data={definition.columns.flatMap(({ sort: name, label }) =>
              name ? [{ value: name, label }] : [],
            )}
            value={field ?? null}
            placeholder="Best matches first"
            onChange={(next) => next && onSort(descending ? `-${next}` : next)}
            comboboxProps={{ withinPortal: false }}
          />
          <Group grow>
            <Button
              variant={!field || descending ? 'default' : 'light'}
              disabled={!field}
              onClick={() => field && onSort(field)}
            >
              Rising
            </Button>
            <Button
              variant={descending ? 'light' : 'default'}
              disabled={!field}
              onClick={() => field && onSort(`-${field}`)}
            >
              Falling
            </Button>
          </Group>
        </Stack>
      </Menu.Dropdown>
    </Menu>
  )
}
