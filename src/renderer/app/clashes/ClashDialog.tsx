/** Shows both versions of what two people changed, and lets whoever saves later choose. */
import {
  Button,
  Group,
  Modal,
  Paper,
  Radio,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
} from '@mantine/core'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { Clash } from '../../../contract/kernel/based-on'
import { DateText } from '../../ui/DateText'
import { useNarrow } from '../../ui/useNarrow'
import { Keys } from '../Keys'
import { useMe } from '../session'
import { putAside, type Question, questions } from './asking'
import classes from './ClashDialog.module.css'
import { ClashValue, isText } from './ClashValue'
import { combinedText } from './settle'

/** Above the form that was saved. */
const zIndex = 250

// Before any dialog beneath hears of Esc: only this one is closed by it.
window.addEventListener(
  'keydown',
  (event) => {
    if (event.key !== 'Escape' || questions.getState().waiting.length === 0) return
    event.preventDefault()
    event.stopImmediatePropagation()
    putAside()
  },
  { capture: true },
)

export function ClashDialog() {
  const question = useStore(questions, ({ waiting }) => waiting[0])
  return question ? <Choosing key={question.key} question={question} /> : null
}

type Take = 'yours' | 'theirs' | 'both'

interface Choice {
  take: Take | null
  /** The combined text, once there is one. */
  text: string
}

function Choosing({ question }: { question: Question }) {
  const { clashes, answer } = question
  const narrow = useNarrow()
  const [choices, setChoices] = useState<ReadonlyMap<string, Choice>>(
    () => new Map(clashes.map((clash) => [clash.field, { take: null, text: bothOf(clash) }])),
  )
  const change = (field: string, part: Partial<Choice>) =>
    setChoices((before) => {
      const choice = before.get(field)
      return choice ? new Map(before).set(field, { ...choice, ...part }) : before
    })
  const decided = [...choices.values()].every(({ take }) => take !== null)
  const save = () => {
    if (decided)
      answer(
        new Map(clashes.map((clash) => [clash.field, chosen(clash, choices.get(clash.field))])),
      )
  }
  return (
    <Modal
      opened
      onClose={putAside}
      size="xl"
      fullScreen={narrow}
      zIndex={zIndex}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={titleOf(clashes)}
      closeButtonProps={{ 'aria-label': 'Keep editing' }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          save()
        }}
      >
        <Stack gap="lg">
          <Text size="sm">Nothing is overwritten until you choose what to keep.</Text>
          {clashes.map((clash) => (
            <Both
              key={clash.field}
              clash={clash}
              withLabel={clashes.length > 1}
              choice={choices.get(clash.field)}
              onChange={(part) => change(clash.field, part)}
            />
          ))}
          <Group justify="space-between">
            <Button variant="default" onClick={putAside}>
              Keep editing
            </Button>
            <Button type="submit" disabled={!decided} rightSection={<Keys keys="mod+Enter" />}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

interface BothProps {
  clash: Clash
  withLabel: boolean
  choice: Choice | undefined
  onChange(part: Partial<Choice>): void
}

function Both({ clash, withLabel, choice, onChange }: BothProps) {
  const me = useMe()
  const { field, label, by, at, current, yours } = clash
  const theirs =
    by === null ? 'The other version' : by.id === me?.id ? 'In another window' : by.name
  const take = choice?.take ?? null
  return (
    <Radio.Group
      name={`clash ${field}`}
      aria-label={label}
      value={take}
      onChange={(value) => onChange({ take: value as Take })}
    >
      {withLabel && (
        <Text size="sm" fw={600} mb={6}>
          {label}
        </Text>
      )}
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <Version
          take="yours"
          taken={take === 'yours'}
          label="Keep mine"
          note="Not saved yet"
          onTake={onChange}
        >
          <ClashValue clash={clash} value={yours} other={current} />
        </Version>
        <Version
          take="theirs"
          taken={take === 'theirs'}
          label="Use theirs"
          note={
            <>
              {theirs}
              {at && (
                <>
                  {' · '}
                  <DateText value={at} />
                </>
              )}
            </>
          }
          onTake={onChange}
        >
          <ClashValue clash={clash} value={current} other={yours} />
        </Version>
      </SimpleGrid>
      {isText(clash) && (
        <Paper
          withBorder
          p="sm"
          mt="sm"
          className={classes.version}
          data-taken={take === 'both' || undefined}
        >
          <Radio value="both" label="Combine both" />
          {take === 'both' && (
            <CombinedText
              label={`${label}, both versions`}
              value={choice?.text ?? ''}
              onChange={(text) => onChange({ text })}
            />
          )}
        </Paper>
      )}
    </Radio.Group>
  )
}

interface VersionProps {
  take: Take
  taken: boolean
  label: string
  note: React.ReactNode
  onTake(part: Partial<Choice>): void
  children: React.ReactNode
}

function Version({ take, taken, label, note, onTake, children }: VersionProps) {
  return (
    <Paper
      withBorder
      p="sm"
      className={classes.version}
      data-taken={taken || undefined}
      onClick={() => {
        // Somebody who marks a piece of the text to copy it has not chosen.
        if (window.getSelection()?.isCollapsed !== false) onTake({ take })
      }}
    >
      <Group justify="space-between" gap="xs" mb={6} wrap="nowrap">
        <Radio value={take} label={label} />
        <Text size="xs" c="dimmed" truncate>
          {note}
        </Text>
      </Group>
      {children}
    </Paper>
  )
}

interface CombinedTextProps {
  label: string
  value: string
  onChange(text: string): void
}

function CombinedText({ label, value, onChange }: CombinedTextProps) {
  const [field, setField] = useState<HTMLTextAreaElement | null>(null)
  useEffect(() => field?.focus(), [field])
  return (
    <Textarea
      ref={setField}
      mt="xs"
      aria-label={label}
      description="Edit it until it says what you want."
      autosize
      minRows={3}
      maxRows={14}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

function titleOf(clashes: readonly Clash[]): string {
  const [first] = clashes
  const what = clashes.length === 1 ? (first?.label ?? 'This') : `${clashes.length} fields`
  return `${what} changed while you were editing`
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

const bothOf = ({ basedOn, current, yours }: Clash) =>
  combinedText(textOf(basedOn), textOf(current), textOf(yours))

function chosen({ yours, current }: Clash, choice: Choice | undefined): unknown {
  if (choice?.take === 'theirs') return current
  return choice?.take === 'both' ? choice.text : yours
}
