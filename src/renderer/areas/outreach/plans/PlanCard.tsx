/** One plan under way: its steps as dots, the step it waits at, and everything that can be done about it. */
import { ActionIcon, Badge, Button, Group, Menu, Modal, Stack, Text } from '@mantine/core'
import {
  IconCheck,
  IconClockPause,
  IconDots,
  IconMessageReply,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerSkipForward,
  IconPlayerStop,
  IconUserShare,
} from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Reference } from '../../../../contract/kernel/shapes'
import type { Plan, PlanStep } from '../../../../contract/outreach/plans'
import { api, client } from '../../../api'
import { messageOf } from '../../../app/problems'
import { DateText } from '../../../ui/DateText'
import { exactText } from '../../../ui/dates'
import { type MenuButtonProps, MenuOnDemand } from '../../../ui/MenuOnDemand'
import { useMinute } from '../../../ui/Minute'
import { ReferencePicker } from '../../../ui/ReferencePicker'
import { SnoozeMenu } from '../../../ui/SnoozeMenu'
import { TooltipOnDemand } from '../../../ui/TooltipOnDemand'
import { UserAvatar } from '../../../ui/UserAvatar'
import { isInQueue, queuePath } from '../../agenda/today/cadenceQueue'
import { hasOutcome } from '../../timeline/activities/draft'
import { useAskStop } from '../../timeline/activities/StopPlans'
import { iconOf, useWords, type Words } from '../../timeline/activities/words'
import { AutomatedNote } from './AutomatedNote'
import classes from './PlansOf.module.css'
import { stateLabels, stepText } from './words'

const stepStates: Readonly<Record<PlanStep['state'], string>> = {
  open: 'due',
  queued: 'waits to be sent',
  done: 'done',
  skipped: 'skipped',
  cancelled: 'dropped',
  upcoming: 'planned for',
}

export function PlanCard({ plan, mayWrite }: { plan: Plan; mayWrite: boolean }) {
  const { id, name, cadence, state, step, stepCount, nextStepDueAt, pausedUntil, user } = plan
  const words = useWords()
  const now = useMinute()
  const [giving, setGiving] = useState(false)
  const whole = useQuery(api.plans.get.queryOptions({ input: { id } }))
  const act = useMutation({ mutationFn: (run: () => Promise<unknown>) => run() })
  const { askFirst, dialog } = useAskStop()
  const about = [{ leadId: plan.lead?.id ?? null, contactId: plan.contact?.id ?? null }]
  const Icon = iconOf(step?.type ?? 'task')
  const overdue = nextStepDueAt !== null && new Date(nextStepDueAt) < now
  return (
    <article className={classes.card} aria-label={name}>
      <div className={classes.top}>
        {cadence ? (
          <Link to="/cadences/$id" params={{ id: cadence.id }} className={classes.name}>
            {name}
          </Link>
        ) : (
          <span className={classes.name}>{name}</span>
        )}
        {state !== 'in_progress' && (
          <Badge size="sm" variant="light" color={state === 'paused' ? 'amber' : 'gray'}>
            {stateLabels[state]}
          </Badge>
        )}
        <Dots steps={whole.data?.steps ?? []} words={words} />
        <UserAvatar user={user} size={20} />
        {mayWrite && (
          <MenuOnDemand button={MoreButton} label={`More for ${name}`}>
            <Menu.Item
              leftSection={<IconMessageReply size={15} />}
              onClick={() => act.mutate(() => client.plans.replied({ id }))}
            >
              The contact has answered
            </Menu.Item>
            {state === 'in_progress' && (
              <Menu.Item
                leftSection={<IconPlayerPause size={15} />}
                onClick={() => act.mutate(() => client.plans.pause({ id }))}
              >
                Pause until I resume it
              </Menu.Item>
            )}
            <Menu.Item leftSection={<IconUserShare size={15} />} onClick={() => setGiving(true)}>
              Give to somebody else
            </Menu.Item>
            <Menu.Item
              leftSection={<IconPlayerStop size={15} />}
              onClick={() => act.mutate(() => client.plans.abort({ id }))}
            >
              Stop the plan
            </Menu.Item>
          </MenuOnDemand>
        )}
      </div>
      <div className={classes.bottom}>
        {step && (
          <>
            <Icon size={16} stroke={1.6} className={classes.icon} aria-hidden />
            <StepName
              text={[
                stepText(step.position, stepCount, words.typeLabel(step.type)),
                step.subject?.includes('{{') ? null : step.subject,
              ]
                .filter(Boolean)
                .join(', ')}
              to={
                nextStepDueAt && !step.automated && isInQueue(nextStepDueAt)
                  ? queuePath(id, user?.id ?? null)
                  : null
              }
            />
            <span className={classes.time} data-overdue={overdue || undefined}>
              {state === 'paused' ? (
                pausedUntil && (
                  <>
                    until <DateText value={pausedUntil} />
                  </>
                )
              ) : (
                <DateText value={nextStepDueAt} empty="" />
              )}
            </span>
          </>
        )}
        {mayWrite && (
          <Group gap={4} wrap="nowrap" ml="auto">
            {state === 'not_started' && (
              <Button
                size="compact-sm"
                leftSection={<IconPlayerPlay size={14} />}
                onClick={() => act.mutate(() => client.plans.start({ id }))}
              >
                Begin
              </Button>
            )}
            {state === 'paused' && (
              <Button
                size="compact-sm"
                leftSection={<IconPlayerPlay size={14} />}
                onClick={() => act.mutate(() => client.plans.resume({ id }))}
              >
                Resume
              </Button>
            )}
            {state === 'in_progress' && step && (
              <>
                <DoneMenu
                  type={step.type}
                  words={words}
                  onDone={(outcome) =>
                    askFirst({ type: step.type, outcome }, about, (choice) =>
                      act.mutate(() =>
                        client.plans.completeStep({
                          id,
                          stepId: step.stepId,
                          outcome,
                          ...(choice && { plan: choice }),
                        }),
                      ),
                    )
                  }
                />
                <ActionIcon
                  aria-label="Skip this step"
                  title="Skip this step"
                  onClick={() => act.mutate(() => client.plans.skip({ id, stepId: step.stepId }))}
                >
                  <IconPlayerSkipForward size={16} stroke={1.6} />
                </ActionIcon>
                <SnoozeMenu
                  label="Pause the plan until"
                  onSnooze={(until) => act.mutate(() => client.plans.pause({ id, until }))}
                >
                  <ActionIcon aria-label="Pause the plan" title="Pause the plan">
                    <IconClockPause size={16} stroke={1.6} />
                  </ActionIcon>
                </SnoozeMenu>
              </>
            )}
          </Group>
        )}
      </div>
      <AutomatedNote plan={plan} />
      {dialog}
      {giving && <Giving plan={plan} onClose={() => setGiving(false)} />}
    </article>
  )
}

/** Leads to the queue once the step is in it. */
function StepName({ text, to }: { text: string; to: string | null }) {
  if (to === null) return <span className={classes.step}>{text}</span>
  return (
    <Link to={to as string} className={classes.step} title="Open it in the queue">
      {text}
    </Link>
  )
}

/** Done with how it went; at once where the type has no outcome. */
function DoneMenu({
  type,
  words,
  onDone,
}: {
  type: string
  words: Words
  onDone(outcome: string | null): void
}) {
  const done = (
    <Button size="compact-sm" variant="default" leftSection={<IconCheck size={14} />}>
      Done
    </Button>
  )
  if (!hasOutcome(type)) {
    return (
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconCheck size={14} />}
        onClick={() => onDone(null)}
      >
        Done
      </Button>
    )
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>{done}</Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        <Menu.Label>How did it go?</Menu.Label>
        {words.outcomes
          .filter(({ active }) => active)
          .map(({ name, label }) => (
            <Menu.Item key={name} onClick={() => onDone(name)}>
              {label}
            </Menu.Item>
          ))}
        <Menu.Divider />
        <Menu.Item onClick={() => onDone(null)}>Done, nothing to add</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

const MoreButton = (props: MenuButtonProps) => (
  <ActionIcon size="sm" {...props}>
    <IconDots size={16} />
  </ActionIcon>
)

function Dots({ steps, words }: { steps: readonly PlanStep[]; words: Words }) {
  return (
    <ol className={classes.dots} aria-label="Steps">
      {steps.map(({ stepId, position, type, state, doneAt, dueAt }) => {
        const at = doneAt ?? dueAt
        const text = `${position + 1}. ${words.typeLabel(type)}: ${stepStates[state]}${at ? ` ${exactText(at)}` : ''}`
        return (
          <TooltipOnDemand key={stepId} label={text}>
            <li className={classes.dot} data-state={state} aria-label={text} />
          </TooltipOnDemand>
        )
      })}
    </ol>
  )
}

function Giving({ plan, onClose }: { plan: Plan; onClose(): void }) {
  const [user, setUser] = useState<Reference | null>(plan.user)
  const reassign = useMutation(
    api.plans.reassign.mutationOptions({ meta: { showsProblem: true }, onSuccess: onClose }),
  )
  return (
    <Modal opened onClose={onClose} size="sm" title="Who works this plan">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (user) reassign.mutate({ id: plan.id, userId: user.id })
        }}
      >
        <Stack>
          <ReferencePicker
            of="user"
            label="Worked by"
            autoFocus
            clearable={false}
            value={user}
            onChange={setUser}
          />
          {reassign.error && (
            <Text size="sm" c="red" role="alert">
              {messageOf(reassign.error)}
            </Text>
          )}
          <Button type="submit" disabled={!user} loading={reassign.isPending}>
            Give the plan
          </Button>
        </Stack>
      </form>
    </Modal>
  )
}
