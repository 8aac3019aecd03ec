/** Activity types and outcomes: which words people log with; add, rename, take out of use. */
import {
  ActionIcon,
  Anchor,
  Badge,
  Button,
  Group,
  Stack,
  Switch,
  Text,
  TextInput,
  Tooltip,
} from '@mantine/core'
import { IconPencil, IconPlus } from '@tabler/icons-react'
import {
  type UseMutationOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { BasedOn } from '../../../../contract/kernel/based-on'
import type { Word } from '../../../../contract/timeline/activities'
import { api } from '../../../api'
import { fieldErrors, messageOf } from '../../../app/problems'
import { useMay } from '../../../app/session'
import { LoadState } from '../../../ui/LoadState'
import { ReadOnlyNote } from '../../../ui/settings/ReadOnlyNote'
import { SettingsCard, SettingsFrame } from '../../../ui/settings/SettingsFrame'
import classes from './WordsSection.module.css'

export function WordsSection() {
  const mayConfigure = useMay('configure')
  return (
    <SettingsFrame
      title="Activity types"
      text={
        <>
          The words people choose from when they log what happened. A word out of use stays on the
          timelines it is on already. Templates are with the{' '}
          <Anchor
            inherit
            renderRoot={(props) => (
              <Link to="/activities" search={{ tab: 'templates' }} {...props} />
            )}
          >
            activities
          </Anchor>
          .
        </>
      }
    >
      {!mayConfigure && <ReadOnlyNote who="Managers and admins" />}
      <WordList list="types" mayConfigure={mayConfigure} />
      <WordList list="outcomes" mayConfigure={mayConfigure} />
    </SettingsFrame>
  )
}

const texts = {
  types: {
    title: 'Types',
    text: 'What kind of contact it was.',
    what: 'the activity types',
    add: 'New type',
    example: 'Site visit',
  },
  outcomes: {
    title: 'Outcomes',
    text: 'What came of it.',
    what: 'the outcomes',
    add: 'New outcome',
    example: 'Asked for references',
  },
} as const

interface WordListProps {
  list: keyof typeof texts
  mayConfigure: boolean
}

function WordList({ list, mayConfigure }: WordListProps) {
  const procedures = api.activities[list]
  const words = useQuery(procedures.list.queryOptions())
  const { title, text, what } = texts[list]
  return (
    <SettingsCard title={title} text={text} flush>
      <LoadState query={words} what={what}>
        {(found) => (
          <div>
            <ul className={classes.words}>
              {found.map((word) => (
                <WordRow key={word.name} word={word} list={list} mayConfigure={mayConfigure} />
              ))}
            </ul>
            {mayConfigure && <AddWord list={list} />}
          </div>
        )}
      </LoadState>
    </SettingsCard>
  )
}

function WordRow({ word, list, mayConfigure }: { word: Word } & WordListProps) {
  /** Its name when somebody began to change it. */
  const [renaming, setRenaming] = useState<string | null>(null)
  const update = useUpdateWord(list)
  if (renaming !== null) {
    return (
      <li className={classes.word}>
        <WordForm
          label="New name"
          initial={renaming}
          button="Rename"
          isSaving={update.isPending}
          error={update.error}
          onCancel={() => setRenaming(null)}
          onSave={(label) =>
            update.mutate(
              { name: word.name, label, basedOn: { label: renaming } },
              { onSuccess: () => setRenaming(null) },
            )
          }
        />
      </li>
    )
  }
  return (
    <li className={classes.word} data-inactive={!word.active || undefined}>
      <Group gap={8} miw={0} flex={1}>
        <Text size="sm" fw={500} className={classes.label}>
          {word.label}
        </Text>
        {!word.builtIn && <Badge color="gray">Your own</Badge>}
        {!word.active && <Badge color="amber">Out of use</Badge>}
      </Group>
      <Text size="xs" c="dimmed" ff="monospace" className={classes.name}>
        {word.name}
      </Text>
      {mayConfigure && (
        <>
          <Tooltip label="Rename">
            <ActionIcon
              aria-label={`Rename ${word.label}`}
              onClick={() => {
                update.reset()
                setRenaming(word.label)
              }}
            >
              <IconPencil size={16} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
          <Switch
            size="xs"
            aria-label={`${word.label} is in use`}
            checked={word.active}
            disabled={update.isPending}
            onChange={(event) =>
              update.mutate({ name: word.name, active: event.currentTarget.checked })
            }
          />
        </>
      )}
    </li>
  )
}

function AddWord({ list }: { list: WordListProps['list'] }) {
  const cache = useQueryClient()
  const [round, setRound] = useState(0)
  const add = useMutation({
    ...api.activities[list].add.mutationOptions(),
    meta: { showsProblem: true },
    onSuccess: () => {
      // An empty form again, ready for the next word.
      setRound((before) => before + 1)
      void cache.invalidateQueries({ queryKey: api.activities[list].key() })
    },
  })
  return (
    <div className={classes.add}>
      <WordForm
        key={round}
        label={texts[list].add}
        placeholder={`e.g. ${texts[list].example}`}
        initial=""
        button="Add"
        icon
        isSaving={add.isPending}
        error={add.error}
        onSave={(label) => add.mutate({ label })}
        focused={round > 0}
      />
    </div>
  )
}

interface WordFormProps {
  label: string
  placeholder?: string
  initial: string
  button: string
  icon?: boolean
  isSaving: boolean
  error: unknown
  focused?: boolean
  onSave(label: string): void
  onCancel?: () => void
}

function WordForm(props: WordFormProps) {
  const { label, placeholder, initial, button, icon, isSaving, error, onSave, onCancel } = props
  const [text, setText] = useState(initial)
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim()) onSave(text.trim())
  }
  const problem = error ? (fieldErrors(error, ['label']).label ?? messageOf(error)) : undefined
  return (
    <form onSubmit={save} style={{ flex: 1 }}>
      <Stack gap={4}>
        <Group gap={8} align="flex-start" wrap="nowrap">
          <TextInput
            aria-label={label}
            placeholder={placeholder ?? label}
            value={text}
            maxLength={80}
            error={problem}
            autoFocus={onCancel !== undefined || props.focused === true}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') onCancel?.()
            }}
            size="xs"
            flex={1}
          />
          <Button
            type="submit"
            variant={onCancel ? 'filled' : 'default'}
            leftSection={icon ? <IconPlus size={14} /> : undefined}
            loading={isSaving}
            disabled={!text.trim()}
          >
            {button}
          </Button>
          {onCancel && (
            <Button variant="default" onClick={onCancel}>
              Cancel
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}

type WordUpdate = {
  name: string
  label?: string | undefined
  active?: boolean | undefined
  basedOn?: BasedOn
}

function useUpdateWord(list: WordListProps['list']) {
  const cache = useQueryClient()
  const options: UseMutationOptions<Word, Error, WordUpdate> =
    api.activities[list].update.mutationOptions()
  return useMutation({
    ...options,
    onSuccess: () => cache.invalidateQueries({ queryKey: api.activities[list].key() }),
  })
}
