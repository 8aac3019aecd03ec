/** One step with all that is needed to do it: the script, who it is for, what was before, and one key for each outcome. */
import { ActionIcon, Badge, Button, Group, Menu, Textarea, Title } from '@mantine/core'
import {
  IconChevronLeft,
  IconChevronRight,
  IconClockPause,
  IconDots,
  IconList,
  IconMail,
  IconMessageReply,
  IconPlayerSkipForward,
  IconPlayerStop,
} from '@tabler/icons-react'
import { type RefObject, Suspense, useEffect, useEffectEvent, useRef, useState } from 'react'
import type { DueStep } from '../../../../contract/outreach/plans'
import { draftKey } from '../../../app/drafts/key'
import { useDraft } from '../../../app/drafts/useDraft'
import { Keys } from '../../../app/Keys'
import { heldBack, isHeld, useShortcuts } from '../../../app/keyboard'
import { lazyPart } from '../../../app/parts'
import { useMay } from '../../../app/session'
import { shortcuts } from '../../../app/shortcuts'
import { DateText } from '../../../ui/DateText'
import { RecordLink } from '../../../ui/record/RecordLink'
import { SnoozeMenu } from '../../../ui/SnoozeMenu'
import { queuePath } from '../../agenda/today/cadenceQueue'
import { hasOutcome, isMessage } from '../../timeline/activities/draft'
import type { AskStop } from '../../timeline/activities/StopPlans'
import { iconOf, useWords } from '../../timeline/activities/words'
import { outcomeOfKey } from './queue'
import { Recent } from './Recent'
import { Script } from './Script'
import classes from './StepPane.module.css'
import type { StepAct } from './useQueue'
import { Who } from './Who'
import { stepText } from './words'

const SendEmail = lazyPart(async () => ({
  default: (await import('../messages/SendEmail')).SendEmail,
}))

/** As many as there are number keys. */
const mostOutcomes = 9

export interface StepPaneProps {
  step: DueStep
  paneRef: RefObject<HTMLElement | null>
  askStop: AskStop
  onAct(act: StepAct): void
  onOpen(): void
  onBeside(by: 1 | -1): void
  /** Back to the list, where both do not fit. */
  onList?(): void
}

export function StepPane(props: StepPaneProps) {
  const { step, paneRef, askStop, onAct, onOpen, onBeside, onList } = props
  const { plan, overdue } = step
  const words = useWords()
  const mayWrite = useMay('write')
  const [note, setNote, draft] = useDraft({
    key: draftKey('step-note', plan.id, plan.step?.stepId),
    title: `Note: ${(plan.lead ?? plan.contact)?.name ?? plan.name}`,
    place: { path: queuePath(plan.id, plan.user?.id ?? null) },
    recordId: (plan.lead ?? plan.contact)?.id,
    initial: '',
  })
  const [pausing, setPausing] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const type = plan.step?.type ?? 'task'
  const Icon = iconOf(type)
  /** Sent from here; sending it does the step. */
  const mailTo = type === 'email' && !plan.step?.automated ? step.email : null
  const [writing, setWriting] = useState(false)
  // What came of a message shows later, when it is answered.
  const outcomes =
    hasOutcome(type) && !isMessage(type)
      ? words.outcomes.filter(({ active }) => active).slice(0, mostOutcomes)
      : []
  const about = [{ leadId: plan.lead?.id ?? null, contactId: plan.contact?.id ?? null }]
  const complete = (outcome: string | null) =>
    askStop.askFirst({ type, outcome }, about, (choice) => {
      onAct({ type: 'complete', outcome, note, plan: choice, onRefused: draft.keepAgain })
      draft.done()
    })
  const acts = {
    stepDone: () => complete(null),
    skipStep: () => onAct({ type: 'skip' }),
    pausePlan: () => setPausing(true),
    noteOnStep: () => field.current?.focus(),
    ...(mailTo ? { writeStepEmail: () => setWriting(true) } : {}),
  }
  useShortcuts(mayWrite ? (askStop.isAsking ? heldBack(acts) : acts) : {})
  /** Answers whether the key means an outcome. */
  const press = useEffectEvent((key: string) => {
    const outcome = outcomeOfKey(outcomes, key)
    if (outcome) complete(outcome.name)
    return outcome !== undefined
  })
  useEffect(() => {
    if (!mayWrite) return
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey)
        return
      if (isHeld(event.target)) return
      if (press(event.key)) event.preventDefault()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [mayWrite])
  return (
    <section ref={paneRef} className={classes.pane} tabIndex={-1} aria-label="The step">
      <header className={classes.top}>
        <Group gap={8} wrap="nowrap" miw={0} flex="1 1 auto">
          {onList && (
            <ActionIcon aria-label="All due steps" onClick={onList}>
              <IconList size={18} />
            </ActionIcon>
          )}
          <span className={classes.icon}>
            <Icon size={18} stroke={1.7} aria-hidden />
          </span>
          <div className={classes.naming}>
            <Title order={2} className={classes.title}>
              {plan.lead ? (
                <RecordLink kind="lead" record={plan.lead} />
              ) : plan.contact ? (
                <RecordLink kind="contact" record={plan.contact} />
              ) : (
                plan.name
              )}
            </Title>
            <div className={classes.meta}>
              <span>
                {stepText(plan.step?.position ?? 0, plan.stepCount, words.typeLabel(type))}
              </span>
              <span>{plan.name}</span>
              <span data-overdue={overdue || undefined}>
                due <DateText value={plan.nextStepDueAt} />
              </span>
              {plan.step?.variant && (
                <Badge size="xs" variant="light" color="gray">
                  text {plan.step.variant}
                </Badge>
              )}
            </div>
          </div>
        </Group>
        <Group gap={2} wrap="nowrap">
          <ActionIcon
            aria-label={shortcuts.previousStep.label}
            title={`${shortcuts.previousStep.label} (${shortcuts.previousStep.keys})`}
            onClick={() => onBeside(-1)}
          >
            <IconChevronLeft size={18} />
          </ActionIcon>
          <ActionIcon
            aria-label={shortcuts.nextStep.label}
            title={`${shortcuts.nextStep.label} (${shortcuts.nextStep.keys})`}
            onClick={() => onBeside(1)}
          >
            <IconChevronRight size={18} />
          </ActionIcon>
        </Group>
      </header>
      <div className={classes.content}>
        <Who step={step} onOpen={onOpen} />
        <Script step={step} />
        <Recent step={step} words={words} />
      </div>
      {mayWrite && (
        <footer className={classes.acts} data-thumb-bar>
          <Textarea
            ref={field}
            aria-label="What came of it"
            placeholder="What came of it, if there is something to say"
            rightSection={<Keys keys={shortcuts.noteOnStep.keys} />}
            autosize
            minRows={1}
            maxRows={5}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') {
                event.preventDefault()
                paneRef.current?.focus()
              } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
                event.preventDefault()
                complete(null)
              }
            }}
          />
          {outcomes.length > 0 && (
            <section className={classes.outcomes} aria-label="Done, with this outcome">
              {outcomes.map(({ name, label }, index) => (
                <Button
                  key={name}
                  variant="default"
                  aria-keyshortcuts={String(index + 1)}
                  rightSection={<Keys keys={String(index + 1)} />}
                  onClick={() => complete(name)}
                >
                  {label}
                </Button>
              ))}
            </section>
          )}
          <Group gap={8}>
            {mailTo && (
              <Button
                aria-keyshortcuts={shortcuts.writeStepEmail.keys}
                leftSection={<IconMail size={15} />}
                rightSection={<Keys keys={shortcuts.writeStepEmail.keys} />}
                onClick={() => setWriting(true)}
              >
                Write e-mail
              </Button>
            )}
            <Button
              variant={mailTo ? 'default' : 'filled'}
              aria-keyshortcuts="Enter"
              rightSection={<Keys keys={shortcuts.stepDone.keys} />}
              onClick={() => complete(null)}
            >
              Done
            </Button>
            <Button
              variant="default"
              leftSection={<IconPlayerSkipForward size={15} />}
              title={`${shortcuts.skipStep.label} (${shortcuts.skipStep.keys})`}
              onClick={() => onAct({ type: 'skip' })}
            >
              Skip
            </Button>
            <SnoozeMenu
              label="Pause the plan until"
              position="top"
              opened={pausing}
              onOpened={setPausing}
              onSnooze={(until) => onAct({ type: 'pause', until })}
            >
              <Button
                variant="default"
                leftSection={<IconClockPause size={15} />}
                title={`${shortcuts.pausePlan.label} (${shortcuts.pausePlan.keys})`}
              >
                Pause
              </Button>
            </SnoozeMenu>
            <Menu position="top-end">
              <Menu.Target>
                <ActionIcon size={30} aria-label="More for this plan">
                  <IconDots size={17} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item
                  leftSection={<IconMessageReply size={15} />}
                  onClick={() => onAct({ type: 'replied' })}
                >
                  The contact has answered
                </Menu.Item>
                <Menu.Item
                  leftSection={<IconPlayerStop size={15} />}
                  onClick={() => onAct({ type: 'abort' })}
                >
                  Stop the plan
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </Group>
        </footer>
      )}
      {writing && (
        <Suspense>
          <SendEmail
            about={plan.lead ? { leadId: plan.lead.id } : { contactId: plan.contact?.id ?? '' }}
            initial={{ subject: step.subject ?? '', body: step.body ?? '' }}
            stepId={`${plan.id} ${plan.step?.stepId}`}
            onClose={() => setWriting(false)}
            onWritten={() => onBeside(1)}
          />
        </Suspense>
      )}
    </section>
  )
}
