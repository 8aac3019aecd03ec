/** What narrows and orders the board: text, people, sources, tags, value, closing date, sort. */
import {
  ActionIcon,
  Button,
  Chip,
  FocusTrap,
  Group,
  Menu,
  NumberInput,
  Pill,
  Stack,
  Text,
} from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconArrowsSort, IconX } from '@tabler/icons-react'
import { useQueries, useQuery } from '@tanstack/react-query'
import { type RefObject, useState } from 'react'
import { boardSorts } from '../../../../contract/records/pipeline'
import { api } from '../../../api'
import { useMe } from '../../../app/session'
import { DateField } from '../../../ui/DateField'
import { shortText } from '../../../ui/dates'
import { FilterButton } from '../../../ui/list/FilterButton'
import { SearchField } from '../../../ui/list/Toolbar'
import { type MenuButtonProps, MenuOnDemand } from '../../../ui/MenuOnDemand'
import { acrossCurrencies, compactNumberText } from '../../../ui/money'
import { ReferencesPicker } from '../../../ui/ReferencesPicker'
import { referenceById } from '../../../ui/references'
import { SearchMultiSelect } from '../../../ui/SearchSelect'
import { useNarrow } from '../../../ui/useNarrow'
import type { BoardSort } from './board'
import classes from './Filters.module.css'
import {
  type BoardStateStore,
  filterNames,
  isFiltered,
  useBoardState,
  withoutFilters,
} from './state'

const sortLabels: Readonly<Record<BoardSort, string>> = {
  position: 'Manual',
  value: 'Value, highest first',
  expectedCloseDate: 'Close date, soonest first',
  lastActivityAt: 'Last activity, longest ago first',
  nextStepAt: 'Next step, soonest first',
}

export interface FiltersProps {
  store: BoardStateStore
  search: RefObject<HTMLInputElement | null>
}

export function Filters({ store, search }: FiltersProps) {
  const { state, change, replace } = store
  const me = useMe()?.id
  const mine = me !== undefined && state.owner?.length === 1 && state.owner[0] === me
  return (
    <search className={classes.bar} aria-label="Narrow the board">
      <div className={classes.search}>
        <SearchField
          search={search}
          label="Search on the board"
          value={state.q ?? ''}
          onChange={(q) => change({ q: q || undefined })}
        />
      </div>
      <FilterButton count={countOfFilters(state)} width={380}>
        {(close) => <FilterFields store={store} onDone={close} />}
      </FilterButton>
      <Chip
        size="xs"
        variant="light"
        checked={mine}
        disabled={me === undefined}
        onChange={(on) => change({ owner: on && me ? [me] : undefined })}
      >
        Mine
      </Chip>
      <Narrowings store={store} hideOwner={mine} />
      {isFiltered(state) && (
        <Button
          variant="subtle"
          color="gray"
          className={classes.clear}
          leftSection={<IconX size={13} />}
          onClick={() => replace(withoutFilters(state))}
        >
          Clear
        </Button>
      )}
      <SortMenu
        sort={state.sort ?? 'position'}
        onSort={(sort) => change({ sort: sort === 'position' ? undefined : sort })}
      />
    </search>
  )
}

function SortMenu({ sort, onSort }: { sort: BoardSort; onSort(sort: BoardSort): void }) {
  return (
    <MenuOnDemand width={250} button={SortButton}>
      <Menu.RadioGroup value={sort} onChange={(name) => onSort(name as BoardSort)}>
        {boardSorts.map((name) => (
          <Menu.RadioItem key={name} value={name} closeMenuOnClick>
            {sortLabels[name]}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </MenuOnDemand>
  )
}

function SortButton(props: MenuButtonProps) {
  const narrow = useNarrow()
  const sort = useBoardState().state.sort ?? 'position'
  return narrow ? (
    <ActionIcon className={classes.sort} size="lg" aria-label="Sort the cards" {...props}>
      <IconArrowsSort size={18} stroke={1.6} />
    </ActionIcon>
  ) : (
    <Button
      className={classes.sort}
      variant="subtle"
      color="gray"
      leftSection={<IconArrowsSort size={14} stroke={1.7} />}
      aria-label={`Sort the cards: ${sortLabels[sort]}`}
      {...props}
    >
      {sortLabels[sort]}
    </Button>
  )
}

const countOfFilters = (state: BoardStateStore['state']) =>
  filterNames.filter((name) => state[name] !== undefined).length

function FilterFields({ store, onDone }: { store: BoardStateStore; onDone(): void }) {
  const { state, change } = store
  const facets = useQuery(api.leads.facets.queryOptions()).data
  const several = (values: string[]) => (values.length > 0 ? values : undefined)
  const select = { size: 'sm', clearable: true, comboboxProps: inPlace } as const
  return (
    <Stack gap="sm">
      {/* Else the first field would open its choices at once. */}
      <FocusTrap.InitialFocus />
      <ReferencesPicker
        of="user"
        label="Owner"
        placeholder="Anybody"
        value={state.owner ?? []}
        onChange={(owner) => change({ owner: several(owner) })}
      />
      <SearchMultiSelect
        {...select}
        label="Source"
        placeholder={state.source ? undefined : 'Any'}
        data={merged(facets?.sources, state.source)}
        value={state.source ?? []}
        onChange={(source) => change({ source: several(source) })}
      />
      <SearchMultiSelect
        {...select}
        label="Tag"
        placeholder={state.tag ? undefined : 'Any'}
        data={merged(facets?.tags, state.tag)}
        value={state.tag ?? []}
        onChange={(tag) => change({ tag: several(tag) })}
      />
      <Group gap="sm" grow align="flex-start">
        <AmountField
          label="Value from"
          value={state.valueFrom}
          onChange={(valueFrom) => change({ valueFrom })}
        />
        <AmountField
          label="to"
          value={state.valueTo}
          error={
            state.valueFrom !== undefined &&
            state.valueTo !== undefined &&
            state.valueTo < state.valueFrom
              ? 'Less than the lower end'
              : undefined
          }
          onChange={(valueTo) => change({ valueTo })}
        />
      </Group>
      <Text size="xs" c="dimmed" mt={-6}>
        {acrossCurrencies}
      </Text>
      <Group gap="sm" grow align="flex-start">
        <DateField
          label="Closes from"
          value={state.closeFrom ?? null}
          onChange={(date) => change({ closeFrom: date ?? undefined })}
        />
        <DateField
          label="to"
          value={state.closeTo ?? null}
          error={
            state.closeFrom && state.closeTo && state.closeTo < state.closeFrom
              ? 'Before the first day'
              : undefined
          }
          onChange={(date) => change({ closeTo: date ?? undefined })}
        />
      </Group>
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          Done
        </Button>
      </Group>
    </Stack>
  )
}

interface AmountFieldProps {
  label: string
  value: number | undefined
  error?: string | undefined
  onChange(value: number | undefined): void
}

function AmountField({ label, value, error, onChange }: AmountFieldProps) {
  const [typed, setTyped] = useState<number | string>(value ?? '')
  const tell = useDebouncedCallback(
    (next: number | string) => onChange(typeof next === 'number' ? next : undefined),
    // Closing the filters at once loses nothing that was typed.
    { delay: 250, flushOnUnmount: true },
  )
  return (
    <NumberInput
      label={label}
      size="sm"
      hideControls
      min={0}
      thousandSeparator
      value={typed}
      error={error}
      onChange={(next) => {
        setTyped(next)
        tell(next)
      }}
    />
  )
}

/** The filters in force, each taken away by a press. */
function Narrowings({ store, hideOwner }: { store: BoardStateStore; hideOwner: boolean }) {
  const { state, change } = store
  const owners = hideOwner ? [] : (state.owner ?? [])
  const people = useQueries({ queries: owners.map((id) => referenceById('user', id)) })
  const pills = [
    ...owners.map((id, index) => ({
      key: `owner ${id}`,
      label: people[index]?.data?.name ?? '…',
      change: { owner: rest(state.owner, id) },
    })),
    ...(state.source ?? []).map((source) => ({
      key: `source ${source}`,
      label: source,
      change: { source: rest(state.source, source) },
    })),
    ...(state.tag ?? []).map((tag) => ({
      key: `tag ${tag}`,
      label: `#${tag}`,
      change: { tag: rest(state.tag, tag) },
    })),
    ...rangePill(
      'value',
      state.valueFrom === undefined ? undefined : compactNumberText(state.valueFrom),
      state.valueTo === undefined ? undefined : compactNumberText(state.valueTo),
      { valueFrom: undefined, valueTo: undefined },
    ),
    ...rangePill(
      'closes',
      state.closeFrom && shortText(state.closeFrom),
      state.closeTo && shortText(state.closeTo),
      { closeFrom: undefined, closeTo: undefined },
    ),
  ]
  if (pills.length === 0) return null
  return (
    <Group gap={4} wrap="nowrap" className={classes.pills}>
      {pills.map(({ key, label, change: without }) => (
        <Pill
          key={key}
          variant="contrast"
          withRemoveButton
          removeButtonProps={{ 'aria-label': `Take away ${label}` }}
          onRemove={() => change(without)}
        >
          {label}
        </Pill>
      ))}
    </Group>
  )
}

function rangePill(
  word: string,
  from: string | undefined,
  to: string | undefined,
  change: Parameters<BoardStateStore['change']>[0],
) {
  if (from === undefined && to === undefined) return []
  const label =
    from !== undefined && to !== undefined
      ? `${word} ${from} – ${to}`
      : from !== undefined
        ? `${word} from ${from}`
        : `${word} to ${to}`
  return [{ key: word, label, change }]
}

const rest = (values: readonly string[] | undefined, without: string) => {
  const others = (values ?? []).filter((value) => value !== without)
  return others.length > 0 ? others : undefined
}

/** What can be chosen: what is in use, and what is chosen although it is not in use (any more). */
const merged = (inUse: readonly string[] = [], chosen: readonly string[] = []) => [
  ...new Set([...inUse, ...chosen]),
]

/** Within the popover, or choosing would count as a press outside it. */
const inPlace = { withinPortal: false } as const
