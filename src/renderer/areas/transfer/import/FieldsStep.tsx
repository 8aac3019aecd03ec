/** The third step: which column feeds which field. */
import { ActionIcon, Alert, Badge, Button, Group, Stack, Text, Title, Tooltip } from '@mantine/core'
import {
  IconArrowBackUp,
  IconCheck,
  IconChevronLeft,
  IconChevronRight,
  IconHistory,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { dequal } from 'dequal'
import { useEffect, useState } from 'react'
import type { Mapping } from '../../../../contract/transfer/import'
import { api } from '../../../api'
import { useApp } from '../../../app/actions'
import { useMay } from '../../../app/session'
import { LoadState } from '../../../ui/LoadState'
import { SearchMultiSelect } from '../../../ui/SearchSelect'
import { type Draft, useDraft } from './draft'
import { ImportFrame } from './ImportFrame'
import { importKindTexts } from './kinds'
import {
  examplesOf,
  type Field,
  fieldsOf,
  isOwn,
  missingFields,
  ownFieldOf,
  readRow,
  unusedColumns,
  withFields,
  withoutUnknown,
} from './mapping'
import classes from './transfer.module.css'

export function FieldsStep() {
  const { draft } = useDraft()
  if (!draft) return <Navigate to="/import" replace />
  return <Fields draft={draft} />
}

function Fields({ draft }: { draft: Draft }) {
  const app = useApp()
  const { change } = useDraft()
  const { file, kind, mapping } = draft
  const fields = useQuery(api.transfer.fields.queryOptions({ input: { kind } }))
  const suggestion = useQuery(
    api.transfer.suggestMapping.queryOptions({ input: { fileId: file.fileId, kind } }),
  )
  const known = fields.data
  const proposed = suggestion.data
  useEffect(() => {
    if (mapping !== null || !known || !proposed) return
    change({
      mapping: withoutUnknown(proposed.mapping, file.columns, known),
      remembered: proposed.remembered,
    })
  }, [mapping, known, proposed, file.columns, change])
  const current = mapping ?? {}
  const missing = known ? missingFields(current, known) : []
  const unused = unusedColumns(current, file.columns)
  const { many } = importKindTexts[kind]
  return (
    <ImportFrame
      step="fields"
      title="Which column is what?"
      text={
        <>
          Each column of <b>{file.name}</b> feeds one field of the {many}, several, or none.{' '}
          {kind === 'contacts'
            ? 'Columns of the same field are joined; of several addresses or numbers the first is the main one.'
            : 'Columns of the same field are joined.'}
        </>
      }
      back="/import/format"
      next={{
        label: 'Check the file',
        disabled: !known || mapping === null || missing.length > 0,
        onClick: () => app.goTo('/import/check'),
      }}
      note={
        <Text size="sm" c={missing.length > 0 ? 'red' : 'dimmed'} role="status">
          {missing.length > 0
            ? `Still needed: ${missing.join(', ')}`
            : unused.length > 0
              ? `${unused.length} of ${file.columns.length} columns are not imported`
              : 'Every column is used'}
        </Text>
      }
    >
      <LoadState query={fields} what="the fields">
        {(list) => (
          <LoadState query={suggestion} what="a mapping for this file">
            {(first) => (
              <div className={classes.fields}>
                <Columns
                  draft={draft}
                  mapping={current}
                  fields={list}
                  suggested={withoutUnknown(first.mapping, file.columns, list)}
                />
                <aside className={classes.side}>
                  <Needed mapping={current} fields={list} />
                  <Sample draft={draft} mapping={current} fields={list} />
                </aside>
              </div>
            )}
          </LoadState>
        )}
      </LoadState>
    </ImportFrame>
  )
}

interface ColumnsProps {
  draft: Draft
  mapping: Mapping
  fields: readonly Field[]
  suggested: Mapping
}

function Columns({ draft, mapping, fields, suggested }: ColumnsProps) {
  const { change } = useDraft()
  const mayConfigure = useMay('configure')
  const { file, kind, remembered } = draft
  const set = (next: Mapping) => change({ mapping: next })
  const isAsSuggested = dequal(mapping, suggested)
  const optionOf = ({ name, label, required }: Field) => ({
    value: name,
    label: required ? `${label} *` : label,
  })
  const usual = fields.filter(({ name }) => !isOwn(name)).map(optionOf)
  const custom = fields.filter(({ name }) => isOwn(name)).map(optionOf)
  const known = new Set(fields.map(({ name }) => name))
  const newOnesOf = (column: string) => {
    const prefix =
      kind === 'activities'
        ? 'metadata'
        : importKindTexts[kind].customFields && mayConfigure
          ? 'custom'
          : undefined
    const own = prefix && ownFieldOf(column, prefix)
    return [...new Set([...fieldsOf(mapping, column).filter(isOwn), ...(own ? [own] : [])])]
      .filter((name) => !known.has(name))
      .map((value) => ({
        value,
        label: kind === 'activities' ? `Detail “${column}”` : `New field “${column}”`,
      }))
  }
  const optionsOf = (column: string) =>
    [
      { group: 'Fields', items: usual },
      { group: 'Custom fields', items: custom },
      { group: kind === 'activities' ? 'Further details' : 'Keep it', items: newOnesOf(column) },
    ].filter(({ items }) => items.length > 0)
  return (
    <section className={`${classes.card} ${classes.flush}`} aria-label="Columns">
      <Group justify="space-between" className={classes.cardHeading} gap="sm">
        <Group gap={8}>
          <Title order={2}>Columns</Title>
          {remembered && isAsSuggested && (
            <Tooltip label="A file with the same header was imported before; this is how.">
              <Badge leftSection={<IconHistory size={12} />}>Remembered from last time</Badge>
            </Tooltip>
          )}
        </Group>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconArrowBackUp size={15} />}
          disabled={isAsSuggested}
          onClick={() => set(suggested)}
        >
          {remembered ? 'As last time' : 'As suggested'}
        </Button>
      </Group>
      {file.columns.map((column) => {
        const chosen = fieldsOf(mapping, column)
        const examples = examplesOf(file, column)
        return (
          <div
            key={column}
            className={classes.columnRow}
            data-unused={chosen.length === 0 || undefined}
          >
            <div style={{ minWidth: 0 }}>
              <div className={classes.columnName}>{column}</div>
              <div className={classes.examples} title={examples.join('\n')}>
                {examples.length > 0 ? examples.join(' · ') : 'empty in the first rows'}
              </div>
            </div>
            <SearchMultiSelect
              size="xs"
              aria-label={`Fields for ${column}`}
              placeholder={chosen.length === 0 ? 'Not imported' : undefined}
              data={optionsOf(column)}
              value={chosen}
              hidePickedOptions
              clearable
              nothingFoundMessage="No such field"
              comboboxProps={{ shadow: 'md' }}
              classNames={{ inputField: classes.typing ?? '' }}
              onChange={(next) => set(withFields(mapping, column, next))}
            />
          </div>
        )
      })}
    </section>
  )
}

/** What every record needs, and what tells that it is there already. */
function Needed({ mapping, fields }: { mapping: Mapping; fields: readonly Field[] }) {
  const required = fields.filter((field) => field.required)
  const keys = fields.filter(({ key, name }) => key && mapping[name])
  return (
    <section className={classes.card} aria-label="Needed">
      <Stack gap={8}>
        {required.map(({ name, label, hint }) => (
          <Group key={name} gap={8} wrap="nowrap" align="flex-start">
            {mapping[name] ? (
              <IconCheck size={16} color="var(--signal-planned)" aria-label="There" />
            ) : (
              <Badge color="red" size="sm">
                Needed
              </Badge>
            )}
            <Text size="sm">
              <b>{label}</b>
              {hint && (
                <Text span size="xs" c="dimmed" display="block">
                  {hint}
                </Text>
              )}
            </Text>
          </Group>
        ))}
        <Text size="xs" c="dimmed">
          {keys.length > 0
            ? `Records that are there already are recognised by ${listed(keys.map(({ label }) => label))}.`
            : 'No column tells which records are there already: every row is new.'}
        </Text>
      </Stack>
    </section>
  )
}

/** One row of the file, as its record would be. */
function Sample({ draft, mapping, fields }: Omit<ColumnsProps, 'suggested'>) {
  const { file } = draft
  const [row, setRow] = useState(0)
  const labels = new Map(fields.map(({ name, label }) => [name, label]))
  const facts = readRow(file, mapping, row)
  const last = file.sampleRows.length - 1
  if (last < 0) return null
  return (
    <section className={classes.card} aria-label="One row as a record">
      <Group justify="space-between" mb={8} wrap="nowrap">
        <Text size="sm" fw={600}>
          Row {row + 1} becomes
        </Text>
        <Group gap={2} wrap="nowrap">
          <ActionIcon
            size="sm"
            aria-label="The row before"
            disabled={row === 0}
            onClick={() => setRow(row - 1)}
          >
            <IconChevronLeft size={16} />
          </ActionIcon>
          <ActionIcon
            size="sm"
            aria-label="The next row"
            disabled={row === last}
            onClick={() => setRow(row + 1)}
          >
            <IconChevronRight size={16} />
          </ActionIcon>
        </Group>
      </Group>
      {facts.length === 0 ? (
        <Alert color="gray" variant="light" py="xs">
          No column is used yet.
        </Alert>
      ) : (
        <dl className={classes.facts}>
          {facts.map(({ field, value }) => (
            <div key={field}>
              <dt>{labels.get(field) ?? mapping[field]?.[0] ?? field}</dt>
              <dd>{value || '–'}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}

const listed = (names: string[]) => new Intl.ListFormat('en', { type: 'disjunction' }).format(names)
