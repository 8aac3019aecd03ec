/** Names in the file that mean nothing in the database yet: create them, or select what they mean. */
import { ActionIcon, Group, SegmentedControl, Select, Text, Title } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ownValue } from '../../../../contract/kernel/own-value'
import { type StageKind, stageKinds } from '../../../../contract/records/words'
import type { Import } from '../../../../contract/transfer/import'
import { api } from '../../../api'
import { SearchSelect } from '../../../ui/SearchSelect'
import type { DraftOptions } from './draft'
import { countOfRows } from './kinds'
import classes from './transfer.module.css'

export interface UnknownProps {
  run: Import
  options: DraftOptions
  onOptions(patch: Partial<DraftOptions>): void
}

const create = 'create'

export function UnknownOwners({ run, options, onOptions }: UnknownProps) {
  const users = useQuery(api.users.list.queryOptions({ input: { limit: 500 } })).data?.items ?? []
  const rowsByValue = new Map(run.unknownOwners.map(({ value, rows }) => [value, rows]))
  // Those that were selected are known by now, but can still be changed.
  const values = [...new Set([...rowsByValue.keys(), ...Object.keys(options.ownerMap)])]
  if (values.length === 0 && options.createOwners) return null
  const others = options.createOwners ? 'Create a user' : 'Reject the rows'
  const choices = [
    { value: create, label: others },
    { group: 'Is', items: users.map(({ id, name }) => ({ value: id, label: name })) },
  ]
  return (
    <Names
      title={`${values.length.toLocaleString()} ${values.length === 1 ? 'person' : 'people'} not in Rapport yet`}
      text={
        options.createOwners
          ? 'Each becomes a user without access, as owner of the rows. Or select who it is.'
          : 'Rows of people you do not select here are not imported.'
      }
      question="People not in Rapport yet"
      creates={options.createOwners}
      onCreates={(createOwners) => onOptions({ createOwners })}
      createLabel="Create users"
    >
      {values.map((value) => (
        <Name key={value} value={value} rows={rowsByValue.get(value)}>
          <SearchSelect
            size="xs"
            aria-label={`Who is ${value}?`}
            allowDeselect={false}
            data={choices}
            value={ownValue(options.ownerMap, value) ?? create}
            onChange={(chosen) => {
              const rest = without(options.ownerMap, value)
              onOptions({
                ownerMap: chosen && chosen !== create ? { ...rest, [value]: chosen } : rest,
              })
            }}
          />
        </Name>
      ))}
    </Names>
  )
}

function without<Value>(map: Readonly<Record<string, Value>>, key: string): Record<string, Value> {
  const { [key]: _before, ...rest } = map
  return rest
}

const kindLabels: Readonly<Record<StageKind, string>> = {
  open: 'New stage, open',
  won: 'New stage, counts as won',
  lost: 'New stage, counts as lost',
}

export function UnknownStages({ run, options, onOptions }: UnknownProps) {
  const pipelines = useQuery(api.pipeline.list.queryOptions()).data ?? []
  const pipeline =
    pipelines.find(({ id }) => id === options.pipelineId) ??
    pipelines.find(({ isDefault }) => isDefault)
  const byValue = new Map(run.unknownStages.map((stage) => [stage.value, stage]))
  const values = [...new Set([...byValue.keys(), ...Object.keys(options.stageMap)])]
  if (values.length === 0 && options.createStages) return null
  const kindOf = (value: string): StageKind | undefined => {
    const selected = ownValue(options.stageMap, value)
    if (selected) return 'create' in selected ? selected.create : undefined
    return options.createStages ? byValue.get(value)?.suggestedKind : undefined
  }
  const open = values.filter((value) => kindOf(value) === 'open')
  const swap = (value: string, by: -1 | 1) => {
    const at = open.indexOf(value)
    const other = open[at + by]
    if (other === undefined) return
    onOptions({ stageOrder: open.with(at, other).with(at + by, value) })
  }
  const choices = [
    ...(options.createStages
      ? [
          {
            group: 'Create it',
            items: stageKinds.map((kind) => ({
              value: `${create}:${kind}`,
              label: kindLabels[kind],
            })),
          },
        ]
      : [{ value: 'reject', label: 'Reject the rows' }]),
    {
      group: 'It is',
      items: (pipeline?.stages ?? []).map(({ id, name }) => ({ value: id, label: name })),
    },
  ]
  const chosenFor = (value: string): string => {
    const selected = ownValue(options.stageMap, value)
    if (selected && 'stageId' in selected) return selected.stageId
    if (!options.createStages) return 'reject'
    return `${create}:${selected?.create ?? byValue.get(value)?.suggestedKind ?? 'open'}`
  }
  const choose = (value: string, chosen: string | null) => {
    const rest = without(options.stageMap, value)
    const kind = stageKinds.find((name) => chosen === `${create}:${name}`)
    if (kind) onOptions({ stageMap: { ...rest, [value]: { create: kind } } })
    else if (chosen && chosen !== 'reject')
      onOptions({ stageMap: { ...rest, [value]: { stageId: chosen } } })
    else onOptions({ stageMap: rest })
  }
  return (
    <Names
      title={`${values.length.toLocaleString()} ${values.length === 1 ? 'stage' : 'stages'} not in the pipeline`}
      text={
        options.createStages
          ? 'Each becomes a stage of the pipeline, in this order. Or select which of its stages it is.'
          : 'Rows in stages you do not select here are not imported.'
      }
      question="Stages not in the pipeline"
      creates={options.createStages}
      onCreates={(createStages) => onOptions({ createStages })}
      createLabel="Create stages"
    >
      {values.map((value) => (
        <Name key={value} value={value} rows={byValue.get(value)?.rows}>
          <Select
            size="xs"
            aria-label={`What is the stage ${value}?`}
            allowDeselect={false}
            data={choices}
            value={chosenFor(value)}
            onChange={(chosen) => choose(value, chosen)}
          />
          {open.length > 1 && (
            <ActionIcon.Group>
              <ActionIcon
                variant="default"
                aria-label={`${value} earlier`}
                disabled={open.indexOf(value) <= 0}
                onClick={() => swap(value, -1)}
              >
                <IconChevronUp size={15} />
              </ActionIcon>
              <ActionIcon
                variant="default"
                aria-label={`${value} later`}
                disabled={!open.includes(value) || open.at(-1) === value}
                onClick={() => swap(value, 1)}
              >
                <IconChevronDown size={15} />
              </ActionIcon>
            </ActionIcon.Group>
          )}
        </Name>
      ))}
    </Names>
  )
}

interface NamesProps {
  title: string
  text: string
  question: string
  creates: boolean
  onCreates(creates: boolean): void
  createLabel: string
  children: ReactNode
}

function Names({ title, text, question, creates, onCreates, createLabel, children }: NamesProps) {
  return (
    <section className={`${classes.card} ${classes.flush}`} aria-label={question}>
      <Group justify="space-between" className={classes.cardHeading} gap="md">
        <div style={{ flex: '1 1 280px' }}>
          <Title order={2}>{title}</Title>
          <Text size="sm" c="dimmed">
            {text}
          </Text>
        </div>
        <SegmentedControl
          aria-label={question}
          data={[
            { value: 'create', label: createLabel },
            { value: 'reject', label: 'Reject their rows' },
          ]}
          value={creates ? 'create' : 'reject'}
          onChange={(value) => onCreates(value === 'create')}
        />
      </Group>
      <ul className={classes.unknownList}>{children}</ul>
    </section>
  )
}

interface NameProps {
  value: string
  /** Undefined where it is known by now. */
  rows: number | undefined
  children: ReactNode
}

function Name({ value, rows, children }: NameProps) {
  return (
    <li className={classes.unknown}>
      <Text size="sm" fw={550} style={{ overflowWrap: 'anywhere' }}>
        {value}
      </Text>
      <Text size="xs" c="dimmed" className="tabular">
        {rows === undefined ? 'selected' : countOfRows(rows)}
      </Text>
      <div className={classes.answer}>{children}</div>
    </li>
  )
}
