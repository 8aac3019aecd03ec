/** Where an activity is written: text first, everything else one press away. */
import { ActionIcon, Button, Chip, Group, Text, Textarea, TextInput } from '@mantine/core'
import { IconEye, IconEyeOff } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { type DraftOptions, useKeeping, useKept } from '../../../app/drafts/useDraft'
import { Keys } from '../../../app/Keys'
import { fieldErrors, messageOf } from '../../../app/problems'
import { DraftNotice } from '../../../ui/drafts/DraftNotice'
import { TooltipOnDemand } from '../../../ui/TooltipOnDemand'
import { submitForm } from '../../../ui/unresolved'
import { RemindersField } from '../../../ui/when/RemindersField'
import { machineZone } from '../../../ui/when/times'
import classes from './Composer.module.css'
import { ComposerDetails } from './ComposerDetails'
import { TemplateMenu, TypeMenu } from './ComposerMenus'
import { type ActivityDraft, hasOutcome, inputOf, isReady, type Links } from './draft'
import { StopChoice, useStopping } from './StopPlans'
import { useWords } from './words'

/** Under which name what is typed is kept. */
export interface ComposerKeep extends DraftOptions {
  /** What is selected above the text, e.g. the record, and what it is before anything is selected. */
  beside?: { value: unknown; blank: unknown; put(value: unknown): void }
}

export interface ComposerProps {
  keep: ComposerKeep
  initial: ActivityDraft
  /**
   * Rejects with the core's refusal, which is shown here.
   * @param plan what becomes of running cadences where that was asked and is not what they say
   * @param basedOn what is kept with the draft as that, of a restored one as it was then
   */
  onSave(
    input: ReturnType<typeof inputOf>,
    basedOn: unknown,
    plan: { plan?: 'continue' },
  ): Promise<unknown>
  /** It closes: what was typed was discarded, or waits as a draft. */
  onClose(): void
  saveLabel?: string
  /** Fields above the text, e.g. which record it is about. */
  above?: ReactNode
  /** Whether it may be given reminders; what is there already has its own. */
  withReminders?: boolean
  /** What it is logged on: running cadences of these are asked about where they have answered. */
  about?: readonly Links[]
  /** Of what is logged already: that outcome is known. */
  outcomeBefore?: string | null
  /** Holds saving back, e.g. until a record is selected. */
  disabled?: boolean
  error?: unknown
}

const fields = [
  'subject',
  'description',
  'scheduledAt',
  'dueAt',
  'occurredAt',
  'durationMinutes',
  'outcome',
  'location',
  'type',
]

export function Composer(props: ComposerProps) {
  const { keep, onSave, onClose, saveLabel, above, disabled, withReminders = true } = props
  const { about = [], outcomeBefore = null } = props
  const { beside } = keep
  const [blank] = useState({ activity: props.initial, beside: beside?.blank ?? null })
  const kept = useKept(keep.key, blank)
  const [draft, setDraft] = useState(kept?.content.activity ?? blank.activity)
  const value = { activity: draft, beside: beside?.value ?? null }
  const keeping = useKeeping({
    ...keep,
    kept,
    value,
    blank,
    put: (next) => {
      setDraft(next.activity)
      beside?.put(next.beside)
    },
  })
  const isNewOutcome = !draft.planned && draft.outcome !== outcomeBefore
  const stopping = useStopping({ ...draft, outcome: isNewOutcome ? draft.outcome : null }, about)
  const [keepsGoing, setKeepsGoing] = useState(false)
  const [saving, setSaving] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const change = (part: Partial<ActivityDraft>) => setDraft((now) => ({ ...now, ...part }))
  const ready = isReady(draft) && !disabled && !saving
  const errors = error ? fieldErrors(error, fields) : {}
  const general = error && Object.keys(errors).length === 0 ? messageOf(error) : errors['']

  const save = async () => {
    if (!ready) return
    setSaving(true)
    setError(null)
    const plan = keepsGoing && stopping.count > 0 ? { plan: 'continue' as const } : {}
    try {
      await onSave(inputOf(draft, machineZone()), keeping.basedOn, plan)
      keeping.done()
    } catch (problem) {
      setError(problem)
      setSaving(false)
    }
  }
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      submitForm(event.currentTarget)
    }
    if (event.key === 'Escape' && !event.defaultPrevented) {
      event.preventDefault()
      event.stopPropagation()
      onClose()
    }
  }
  const subjectFirst = draft.type === 'task' || draft.type === 'meeting'
  return (
    <form
      className={classes.composer}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <DraftNotice draft={keeping} />
      {above}
      <TextInput
        variant="unstyled"
        className={classes.subject}
        aria-label="Subject"
        placeholder={subjectFirst ? 'What is it about?' : 'Subject (optional)'}
        autoFocus={subjectFirst}
        data-autofocus={subjectFirst || undefined}
        maxLength={255}
        value={draft.subject}
        error={errors.subject}
        onChange={(event) => change({ subject: event.currentTarget.value })}
      />
      <Textarea
        variant="unstyled"
        aria-label="Text"
        placeholder={placeholders[draft.type] ?? 'What happened?'}
        autoFocus={!subjectFirst}
        data-autofocus={!subjectFirst || undefined}
        autosize
        minRows={2}
        maxRows={14}
        value={draft.description}
        error={errors.description}
        onChange={(event) => change({ description: event.currentTarget.value })}
      />
      {hasOutcome(draft.type) && !draft.planned && (
        <Outcomes value={draft.outcome} onChange={(outcome) => change({ outcome })} />
      )}
      <StopChoice stopping={stopping} keepsGoing={keepsGoing} onChange={setKeepsGoing} />
      <ComposerDetails draft={draft} change={change} errors={errors} />
      {draft.planned && withReminders && (
        <RemindersField
          value={draft.reminderMinutes}
          onChange={(reminderMinutes) => change({ reminderMinutes })}
        />
      )}
      {general && (
        <Text size="sm" c="red" role="alert">
          {general}
        </Text>
      )}
      <Group justify="space-between" gap="xs">
        <Group gap={4}>
          <TypeMenu draft={draft} setDraft={setDraft} />
          <TemplateMenu draft={draft} setDraft={setDraft} />
          <TooltipOnDemand label={draft.visibleToRep ? 'Reps see it' : 'Hidden from reps'}>
            <ActionIcon
              aria-label="Visible to reps"
              aria-pressed={draft.visibleToRep}
              onClick={() => change({ visibleToRep: !draft.visibleToRep })}
            >
              {draft.visibleToRep ? <IconEye size={16} /> : <IconEyeOff size={16} />}
            </ActionIcon>
          </TooltipOnDemand>
        </Group>
        <Group gap={6} ml="auto">
          <Button
            variant="subtle"
            color="gray"
            onClick={() => {
              keeping.discard()
              onClose()
            }}
          >
            Cancel
          </Button>
          <Button
            type="submit"
            disabled={!ready}
            loading={saving}
            rightSection={<Keys keys="mod+Enter" />}
          >
            {saveLabel ?? (draft.planned ? 'Schedule' : 'Log')}
          </Button>
        </Group>
      </Group>
    </form>
  )
}

const placeholders: Readonly<Record<string, string>> = {
  call: 'What was said?',
  email: 'What was written?',
  meeting: 'What came of it?',
  note: 'Write a note…',
  task: 'What is to be done?',
}

function Outcomes({
  value,
  onChange,
}: {
  value: string | null
  onChange(value: string | null): void
}) {
  const { outcomes } = useWords()
  return (
    <fieldset className={classes.chips} aria-label="Outcome">
      {outcomes
        .filter((outcome) => outcome.active || outcome.name === value)
        .map(({ name, label }) => (
          <Chip key={name} checked={value === name} onChange={(on) => onChange(on ? name : null)}>
            {label}
          </Chip>
        ))}
    </fieldset>
  )
}
