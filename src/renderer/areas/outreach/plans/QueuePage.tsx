/** The cadence queue: the steps that are due, done one lead after the other without leaving the keyboard. */
import { Button, Progress, Skeleton, Text } from '@mantine/core'
import { IconCloudOff, IconConfetti } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import type { Reference } from '../../../../contract/kernel/shapes'
import type { DueStep } from '../../../../contract/outreach/plans'
import { useApp } from '../../../app/actions'
import { heldBack, useShortcuts } from '../../../app/keyboard'
import { messageOf } from '../../../app/problems'
import { recordPath } from '../../../app/records'
import { useMay, useMe } from '../../../app/session'
import { EmptyState } from '../../../ui/EmptyState'
import { PageTitle } from '../../../ui/PageTitle'
import { ReferencePicker } from '../../../ui/ReferencePicker'
import { useNarrow } from '../../../ui/useNarrow'
import { useAskStop } from '../../timeline/activities/StopPlans'
import classes from './QueuePage.module.css'
import { keyAfter, keyBeside, keyOf, progressOf } from './queue'
import { StepList } from './StepList'
import { StepPane } from './StepPane'
import { type StepAct, useDue, useStepAct } from './useQueue'

const route = getRouteApi('/queue')

/** The address may name the plan to begin with, and whose queue it is in. */
export default function QueuePage() {
  const me = useMe()
  const mayAskForOthers = useMay('configure')
  const search: { plan?: string; user?: string } = route.useSearch()
  const [userId, setUserId] = useState(search.user)
  const isOthers = userId !== undefined && userId !== me?.id
  const due = useDue(isOthers ? userId : undefined)
  const [named, setNamed] = useState<Reference | null>(null)
  const other = isOthers ? (named ?? due.data?.items[0]?.plan.user ?? null) : null
  return (
    <section className={classes.page} aria-label="Cadence queue">
      <header className={classes.heading}>
        <PageTitle title="Queue" />
        {mayAskForOthers && (
          <div className={classes.whose}>
            <ReferencePicker
              of="user"
              size="xs"
              aria-label="Whose queue"
              placeholder={me ? `Mine (${me.name})` : 'Mine'}
              value={other}
              onChange={(user) => {
                setNamed(user)
                setUserId(user?.id)
              }}
            />
          </div>
        )}
      </header>
      {due.data ? (
        <Steps
          key={`${userId} ${search.plan}`}
          steps={due.data.items}
          total={due.data.total}
          begin={search.plan}
        />
      ) : due.isError ? (
        <EmptyState
          icon={IconCloudOff}
          title="The queue cannot be shown"
          text={messageOf(due.error)}
        >
          <Button onClick={() => void due.refetch()}>Try again</Button>
        </EmptyState>
      ) : (
        <section className={classes.waiting} aria-busy="true" aria-label="Loading">
          <Skeleton height={420} />
        </section>
      )}
    </section>
  )
}

interface StepsProps {
  steps: DueStep[]
  total: number
  /** The plan whose step is in front at first; else the one that is due longest. */
  begin: string | undefined
}

function Steps({ steps, total, begin }: StepsProps) {
  const app = useApp()
  const narrow = useNarrow()
  const doing = useStepAct()
  const { dialog, ...askStop } = useAskStop()
  const first = begin && steps.find(({ plan }) => plan.id === begin)
  const [wanted, setWanted] = useState(first ? keyOf(first) : null)
  const [handled, setHandled] = useState<ReadonlySet<string>>(new Set())
  /** On a phone the list and the step take turns. */
  const [working, setWorking] = useState(Boolean(first))
  const pane = useRef<HTMLElement>(null)
  const keys = steps.map(keyOf)
  const place = wanted === null ? -1 : keys.indexOf(wanted)
  // What somebody else did leaves its place to the first that waits.
  const current = steps[place] ?? steps[0]
  const key = current ? keyOf(current) : null
  const progress = progressOf(keys, key, handled, total)

  const goTo = (next: string | null) => {
    setWanted(next)
    setWorking(true)
  }
  const act = (step: DueStep, what: StepAct) => {
    const gone = keyOf(step)
    setHandled((before) => new Set(before).add(gone))
    goTo(keyAfter(keys, gone))
    doing.mutate({ step, act: what })
  }
  const beside = (by: 1 | -1) => goTo(keyBeside(keys, key, by))
  const openRecord = () => {
    const plan = current?.plan
    if (plan?.lead) app.goTo(recordPath('lead', plan.lead.id))
    else if (plan?.contact) app.goTo(recordPath('contact', plan.contact.id))
  }
  const moves = {
    nextStep: () => beside(1),
    previousStep: () => beside(-1),
    nextRow: () => beside(1),
    previousRow: () => beside(-1),
    openLead: openRecord,
  }
  useShortcuts(current ? (askStop.isAsking ? heldBack(moves) : moves) : {})
  // The keys belong to the step in front, not to the button that led to it.
  useEffect(() => {
    if (key !== null) pane.current?.focus({ preventScroll: true })
  }, [key])

  if (!current) return <Finished done={progress.done} />
  const paneShown = !narrow || working
  return (
    <>
      <div className={classes.progress}>
        <Progress
          value={(100 * progress.done) / Math.max(1, progress.of)}
          size="sm"
          aria-label="Done of this queue"
        />
        <Text size="sm" c="dimmed" className="tabular" role="status">
          {progress.at.toLocaleString()} of {progress.of.toLocaleString()}
        </Text>
      </div>
      <div className={classes.columns} data-narrow={narrow || undefined}>
        {(!narrow || !working) && <StepList steps={steps} current={key} onOpen={goTo} />}
        {paneShown && (
          <StepPane
            key={key}
            step={current}
            paneRef={pane}
            askStop={askStop}
            onAct={(what) => act(current, what)}
            onOpen={openRecord}
            onBeside={beside}
            {...(narrow ? { onList: () => setWorking(false) } : {})}
          />
        )}
      </div>
      {dialog}
    </>
  )
}

function Finished({ done }: { done: number }) {
  const app = useApp()
  return (
    <EmptyState
      icon={IconConfetti}
      title={done > 0 ? 'The queue is done' : 'No step is due'}
      text={
        done > 0
          ? `${done.toLocaleString()} ${done === 1 ? 'step' : 'steps'} worked off. What comes next comes up by itself when it is due.`
          : 'Start a cadence for your leads, and its steps come up here on their day.'
      }
    >
      {done > 0 ? (
        <Button variant="default" onClick={() => app.goTo('/today')}>
          Open Today
        </Button>
      ) : (
        <>
          <Button onClick={() => app.goTo('/leads')}>Choose leads</Button>
          <Button variant="default" onClick={() => app.goTo('/cadences')}>
            Open the cadences
          </Button>
        </>
      )}
    </EmptyState>
  )
}
