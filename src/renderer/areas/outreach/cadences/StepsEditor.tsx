/** The steps of a cadence in their order: moved by their grips, opened to be written, checked as one types. */
import { ActionIcon, Button, Group, Modal, Stack, Text, UnstyledButton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import {
  IconAlertCircle,
  IconChevronDown,
  IconChevronRight,
  IconCopy,
  IconGripVertical,
  IconPlus,
  IconRobot,
  IconTrash,
} from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { CadenceWithSteps } from '../../../../contract/outreach/cadences'
import { api } from '../../../api'
import { recordIn } from '../../../app/clashes/edit'
import { draftKey } from '../../../app/drafts/key'
import { useKeeping, useKept } from '../../../app/drafts/useDraft'
import { messageOf } from '../../../app/problems'
import { DraftNotice } from '../../../ui/drafts/DraftNotice'
import { useArranging } from '../../../ui/useArranging'
import { iconOf, useWords } from '../../timeline/activities/words'
import { usePreviewLead } from '../messages/TemplatePreview'
import classes from './cadences.module.css'
import {
  copyOf,
  type DraftStep,
  daysOf,
  delayText,
  draftOf,
  emptyStep,
  inputOf,
  issuesOfStep,
  withSoundBranches,
} from './draft'
import { StepFields } from './StepFields'

/** How long a pause in typing lasts before the steps are checked, in milliseconds. */
const pause = 400

/** Tells steps apart. */
const textOf = (steps: readonly DraftStep[]) => JSON.stringify(inputOf(steps))

export function StepsEditor({
  cadence,
  readOnly,
}: {
  cadence: CadenceWithSteps
  readOnly: boolean
}) {
  const stored = textOf(draftOf(cadence.steps))
  const key = draftKey('cadence-steps', cadence.id)
  const kept = useKept<DraftStep[]>(key, [])
  const [steps, setSteps] = useState(() => kept?.content ?? draftOf(cadence.steps))
  const [open, setOpen] = useState<string | null>(null)
  const [asking, setAsking] = useState(false)
  const previewLead = usePreviewLead()
  const added = useRef(0)
  /** What is being edited here: as text, and as it is stored. */
  const [before, setBefore] = useState({ text: stored, steps: cadence.steps })
  const sent = textOf(steps)
  const changed = sent !== before.text
  const draft = useKeeping({
    key,
    title: `Steps of ${cadence.name}`,
    place: { path: `/cadences/${cadence.id}` },
    recordId: cadence.id,
    basedOn: before.steps,
    kept,
    value: steps,
    blank: draftOf(cadence.steps),
    isChanged: changed && !readOnly,
    put: setSteps,
  })
  useEffect(() => {
    // What others saved shows at once, unless something is being written here.
    if (before.text === stored || (sent !== before.text && sent !== stored)) return
    setSteps(draftOf(cadence.steps))
    setBefore({ text: stored, steps: cadence.steps })
  }, [cadence.steps, stored, sent, before])

  const [pausing] = useDebouncedValue(sent, pause)
  const check = useQuery({
    ...api.cadences.check.queryOptions({ input: { steps: JSON.parse(pausing) } }),
    enabled: changed,
    placeholderData: (before) => before,
  })
  const issues = changed ? (check.data?.issues ?? []) : cadence.issues
  const save = useMutation(
    api.cadences.setSteps.mutationOptions({
      meta: { showsProblem: true },
      onSuccess: (saved) => {
        setBefore({ text: textOf(draftOf(saved.steps)), steps: saved.steps })
        setSteps(draftOf(saved.steps))
        setAsking(false)
      },
    }),
  )
  const send = (updatePlans: 'keep' | 'move') =>
    save.mutate({
      id: cadence.id,
      steps: inputOf(steps),
      updatePlans,
      basedOn: { steps: recordIn(draft.basedOn, before.steps) },
    })

  const newKey = () => {
    // Restored steps have keys of this kind already.
    while (steps.some(({ key }) => key === `new ${added.current}`)) added.current++
    return `new ${added.current++}`
  }
  const replace = (next: DraftStep[]) => setSteps(withSoundBranches(next))
  const change = (key: string, patch: Partial<DraftStep>) =>
    replace(steps.map((step) => (step.key === key ? { ...step, ...patch } : step)))
  const add = () => {
    const step = emptyStep(newKey(), steps.length === 0)
    setSteps([...steps, step])
    setOpen(step.key)
  }
  const { shiftOf, gripOf, moved } = useArranging(
    steps.map(({ key }) => key),
    (keys) => {
      const place = new Map(keys.map((key, index) => [key, index]))
      replace(steps.toSorted((a, b) => (place.get(a.key) ?? 0) - (place.get(b.key) ?? 0)))
    },
  )
  const days = daysOf(steps)

  return (
    <Stack gap="md">
      <DraftNotice draft={draft} />
      <ol key={draft.version} className={classes.steps} aria-label="Steps">
        {steps.map((step, index) => (
          <li
            key={step.key}
            className={classes.step}
            data-moved={moved === step.key || undefined}
            data-open={open === step.key || undefined}
            style={{ translate: `0 ${shiftOf(step.key)}px` }}
          >
            <div className={classes.stepHead}>
              <button
                {...gripOf(step.key, `step ${index + 1}`)}
                type="button"
                className={classes.grip}
                disabled={readOnly}
              >
                <IconGripVertical size={16} stroke={1.6} aria-hidden />
              </button>
              <StepSummary
                step={step}
                index={index}
                day={days[index] ?? 1}
                open={open === step.key}
                problems={issuesOfStep(issues, index).size}
                onToggle={() => setOpen(open === step.key ? null : step.key)}
              />
              {!readOnly && (
                <Group gap={2} wrap="nowrap">
                  <ActionIcon
                    visibleFrom="sm"
                    aria-label={`Duplicate step ${index + 1}`}
                    onClick={() => replace(steps.toSpliced(index + 1, 0, copyOf(step, newKey())))}
                  >
                    <IconCopy size={16} stroke={1.6} />
                  </ActionIcon>
                  <ActionIcon
                    aria-label={`Delete step ${index + 1}`}
                    onClick={() => replace(steps.filter(({ key }) => key !== step.key))}
                  >
                    <IconTrash size={16} stroke={1.6} />
                  </ActionIcon>
                </Group>
              )}
            </div>
            {open === step.key && (
              <StepFields
                step={step}
                later={steps.slice(index + 1).map((one, offset) => ({
                  id: one.id,
                  position: index + offset + 2,
                }))}
                issues={issuesOfStep(issues, index)}
                readOnly={readOnly}
                previewLead={previewLead}
                onChange={(patch) => change(step.key, patch)}
              />
            )}
          </li>
        ))}
      </ol>
      {steps.length === 0 && (
        <Text c="dimmed" size="sm">
          No steps yet. Begin with what you do first when a lead comes in: a call, most often.
        </Text>
      )}
      {!readOnly && (
        <Group>
          <Button variant="default" leftSection={<IconPlus size={15} />} onClick={add}>
            Add a step
          </Button>
          {changed && (
            <>
              <Button
                loading={save.isPending}
                onClick={() => (cadence.activePlans > 0 ? setAsking(true) : send('keep'))}
              >
                Save the steps
              </Button>
              <Button variant="subtle" onClick={draft.startOver}>
                Discard changes
              </Button>
            </>
          )}
        </Group>
      )}
      {save.error && (
        <Text size="sm" c="red" role="alert">
          {messageOf(save.error)}
        </Text>
      )}
      <Modal opened={asking} onClose={() => setAsking(false)} title="Plans are under way">
        <Stack gap="md">
          <Text size="sm">
            {cadence.activePlans === 1
              ? 'One lead is on its way through these steps.'
              : `${cadence.activePlans.toLocaleString()} leads are on their way through these steps.`}{' '}
            They can finish as they began, or go on with the new ones from where they stand.
          </Text>
          <Group justify="flex-end">
            <Button variant="default" loading={save.isPending} onClick={() => send('keep')}>
              Keep their steps
            </Button>
            <Button loading={save.isPending} onClick={() => send('move')}>
              Move to the new steps
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Stack>
  )
}

interface StepSummaryProps {
  step: DraftStep
  index: number
  day: number
  open: boolean
  problems: number
  onToggle(): void
}

function StepSummary({ step, index, day, open, problems, onToggle }: StepSummaryProps) {
  const words = useWords()
  const Icon = iconOf(step.type)
  const Chevron = open ? IconChevronDown : IconChevronRight
  const subject = step.variants.length > 0 ? step.variants[0]?.subject : step.subject
  return (
    <UnstyledButton
      className={classes.summary}
      aria-expanded={open}
      aria-label={`Step ${index + 1}: ${words.typeLabel(step.type)}`}
      onClick={onToggle}
    >
      <span className={classes.day}>Day {day}</span>
      <Icon size={18} stroke={1.6} aria-hidden />
      <span className={classes.summaryText}>
        <Text span fw={600} size="sm">
          {words.typeLabel(step.type)}
        </Text>{' '}
        <Text span size="sm" c="dimmed">
          {[
            delayText(step),
            subject,
            step.variants.length > 0 && `${step.variants.length} variants`,
            step.branches.length > 0 && 'branches',
          ]
            .filter(Boolean)
            .join(' · ')}
        </Text>
      </span>
      {step.automated && <IconRobot size={16} stroke={1.6} aria-label="sent by itself" />}
      {problems > 0 && (
        <IconAlertCircle
          size={16}
          className={classes.problem}
          aria-label={`${problems} ${problems === 1 ? 'problem' : 'problems'}`}
        />
      )}
      <Chevron size={16} stroke={1.6} aria-hidden />
    </UnstyledButton>
  )
}
