/** Where an activity is written: text first, everything else one press away. */
import {
  ActionIcon,
  Button,
  Chip,
  Group,
  Menu,
  SegmentedControl,
  Stack,
  Text,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core'
import { IconChevronDown, IconEye, IconEyeOff, IconMapPin, IconTemplate } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { api } from '../../../api'
import { type DraftOptions, useKeeping, useKept } from '../../../app/drafts/useDraft'
import { Keys } from '../../../app/Keys'
import { fieldErrors, messageOf } from '../../../app/problems'
import { DateField, MomentField } from '../../../ui/DateField'
import { dateOf, shortText } from '../../../ui/dates'
import { DraftNotice } from '../../../ui/drafts/DraftNotice'
import { NumberField } from '../../../ui/NumberField'
import { submitForm } from '../../../ui/unresolved'
import { RemindersField } from '../../../ui/when/RemindersField'
import { instantOf, machineZone } from '../../../ui/when/times'
import classes from './Composer.module.css'
import {
  type ActivityDraft,
  hasDirection,
  hasDuration,
  hasOutcome,
  hasPlace,
  inputOf,
  isDeadline,
  isReady,
  type Links,
  plannedTimes,
  withTemplate,
  withType,
} from './draft'
import { StopChoice, useStopping } from './StopPlans'
import { iconOf, useWords } from './words'

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
    isChanged: JSON.stringify(value) !== JSON.stringify(blank),
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
    try {
      const plan = keepsGoing && stopping.count > 0 ? { plan: 'continue' as const } : {}
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
      <Details draft={draft} change={change} errors={errors} />
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
          <Tooltip label={draft.visibleToRep ? 'Reps see it' : 'Hidden from reps'}>
            <ActionIcon
              aria-label="Visible to reps"
              aria-pressed={draft.visibleToRep}
              onClick={() => change({ visibleToRep: !draft.visibleToRep })}
            >
              {draft.visibleToRep ? <IconEye size={16} /> : <IconEyeOff size={16} />}
            </ActionIcon>
          </Tooltip>
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

interface DetailsProps {
  draft: ActivityDraft
  change(part: Partial<ActivityDraft>): void
  errors: Record<string, string>
}

/** When, how long, which way. */
function Details({ draft, change, errors }: DetailsProps) {
  const { planned } = draft
  return (
    <Group gap="xs" align="flex-start">
      {draft.type !== 'note' && (
        <SegmentedControl
          aria-label="Done or planned"
          value={planned ? 'planned' : 'done'}
          onChange={(value) => change({ planned: value === 'planned' })}
          data={[
            { value: 'done', label: 'Done' },
            { value: 'planned', label: 'Schedule' },
          ]}
        />
      )}
      {planned ? (
        <PlannedTime
          value={draft.plannedAt}
          onChange={(plannedAt) => change({ plannedAt })}
          error={errors.scheduledAt ?? errors.dueAt}
          allDay={draft.allDay}
          {...(isDeadline(draft.type) ? {} : { onAllDay: (allDay) => change({ allDay }) })}
        />
      ) : (
        <DoneTime
          value={draft.occurredAt}
          onChange={(occurredAt) => change({ occurredAt })}
          error={errors.occurredAt}
        />
      )}
      {hasDirection(draft.type) && (
        <SegmentedControl
          aria-label="Direction"
          value={draft.direction ?? 'outbound'}
          onChange={(direction) => change({ direction: direction as 'inbound' | 'outbound' })}
          data={[
            { value: 'outbound', label: 'Outgoing' },
            { value: 'inbound', label: 'Incoming' },
          ]}
        />
      )}
      {hasPlace(draft.type) && (
        <TextInput
          aria-label="Where"
          placeholder="Where"
          size="xs"
          w={170}
          maxLength={500}
          leftSection={<IconMapPin size={14} />}
          value={draft.location}
          error={errors.location}
          onChange={(event) => change({ location: event.currentTarget.value })}
        />
      )}
      {hasDuration(draft.type) && !(planned && draft.allDay) && (
        <NumberField
          aria-label="Duration in minutes"
          size="xs"
          w={104}
          placeholder="Minutes"
          suffix=" min"
          min={0}
          step={5}
          max={44640}
          allowDecimal={false}
          value={draft.durationMinutes}
          error={errors.durationMinutes}
          onChange={(durationMinutes) => change({ durationMinutes })}
        />
      )}
    </Group>
  )
}

interface TimeProps {
  value: string | null
  onChange(value: string | null): void
  error: string | undefined
}

interface PlannedTimeProps extends TimeProps {
  allDay: boolean
  /** Undefined for types that cannot take whole days. */
  onAllDay?: (allDay: boolean) => void
}

function PlannedTime({ value, onChange, error, allDay, onAllDay }: PlannedTimeProps) {
  return (
    <Stack gap={4}>
      <Group gap={8} wrap="nowrap" align="flex-start">
        {allDay ? (
          <DateField
            aria-label="Planned for"
            size="xs"
            value={value ? dateOf(new Date(value)) : null}
            onChange={(date) => onChange(date ? instantOf(`${date}T00:00`) : null)}
            error={error}
          />
        ) : (
          <MomentField
            aria-label="Planned for"
            size="xs"
            value={value}
            onChange={onChange}
            error={error}
          />
        )}
        {onAllDay && (
          <Chip
            checked={allDay}
            onChange={(on) => {
              onAllDay(on)
              // Whole days begin with the day; a time begins as people work.
              if (value) onChange(instantOf(`${dateOf(new Date(value))}T${on ? '00:00' : '09:00'}`))
            }}
          >
            All day
          </Chip>
        )}
      </Group>
      <Group gap={2}>
        {plannedTimes(new Date()).map(({ label, at }) => (
          <Button
            key={label}
            variant="subtle"
            color="gray"
            size="compact-xs"
            onClick={() => onChange(allDay ? instantOf(`${dateOf(new Date(at))}T00:00`) : at)}
          >
            {label}
          </Button>
        ))}
      </Group>
    </Stack>
  )
}

function DoneTime({ value, onChange, error }: TimeProps) {
  const [opened, setOpened] = useState(value !== null)
  if (!opened) {
    return (
      <Button
        variant="default"
        fw={450}
        rightSection={<IconChevronDown size={13} />}
        onClick={() => {
          setOpened(true)
          onChange(new Date().toISOString())
        }}
      >
        Just now
      </Button>
    )
  }
  return (
    <MomentField
      aria-label="When it happened"
      size="xs"
      value={value}
      onChange={(next) => {
        onChange(next)
        if (next === null) setOpened(false)
      }}
      error={error}
      title={value ? shortText(value, new Date(), true) : undefined}
    />
  )
}

interface MenuProps {
  draft: ActivityDraft
  setDraft(draft: ActivityDraft): void
}

function TypeMenu({ draft, setDraft }: MenuProps) {
  const { types, typeLabel } = useWords()
  const Current = iconOf(draft.type)
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<Current size={15} />}
          rightSection={<IconChevronDown size={13} />}
          aria-label={`Type: ${typeLabel(draft.type)}`}
        >
          {typeLabel(draft.type)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        {types
          .filter(({ active }) => active)
          .map(({ name, label }) => {
            const Icon = iconOf(name)
            return (
              <Menu.Item
                key={name}
                leftSection={<Icon size={15} />}
                onClick={() => setDraft(withType(draft, name, new Date()))}
              >
                {label}
              </Menu.Item>
            )
          })}
      </Menu.Dropdown>
    </Menu>
  )
}

function TemplateMenu({ draft, setDraft }: MenuProps) {
  const { data } = useQuery(api.activities.templates.list.queryOptions())
  if (!data || data.length === 0) return null
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconTemplate size={15} />}
          rightSection={<IconChevronDown size={13} />}
        >
          Template
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        {data.map((template) => {
          const Icon = iconOf(template.type)
          return (
            <Menu.Item
              key={template.id}
              leftSection={<Icon size={15} />}
              onClick={() => setDraft(withTemplate(draft, template, new Date()))}
            >
              {template.name}
            </Menu.Item>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}
