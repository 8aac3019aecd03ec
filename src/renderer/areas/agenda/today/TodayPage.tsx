/** Today: what is overdue, due and coming, and what got done, worked through from top to bottom. */
import { Button, Skeleton, Stack, Text } from '@mantine/core'
import { IconCircleCheck, IconCloudOff, IconConfetti, IconRoute } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Comparison } from '../../../../contract/kernel/conditions'
import type { Reference } from '../../../../contract/kernel/shapes'
import type { LeadScope } from '../../../../contract/kernel/words'
import { api } from '../../../api'
import { useApp } from '../../../app/actions'
import { useShortcuts } from '../../../app/keyboard'
import { messageOf } from '../../../app/problems'
import { countOf } from '../../../app/records'
import { useMay, useMe } from '../../../app/session'
import { localDate } from '../../../ui/dates'
import { EmptyState } from '../../../ui/EmptyState'
import { narrowed } from '../../../ui/list/address'
import { useMinute } from '../../../ui/Minute'
import { PageTitle } from '../../../ui/PageTitle'
import { ReferencePicker } from '../../../ui/ReferencePicker'
import { LeadScopePicker, useLeadScopes } from '../../records/leads/LeadScope'
import { scopeText, wider } from '../../records/leads/scopes'
import { fewDays } from './agendaQuery'
import { Queue } from './Queue'
import { QuickEntry } from './QuickEntry'
import { openItems, planStepsDue, type Section } from './queue'
import classes from './TodayPage.module.css'
import { useAgenda } from './useAgenda'

const manyDays = 60

export default function TodayPage() {
  const app = useApp()
  const me = useMe()
  const mayWrite = useMay('write')
  const mayAskForOthers = useMay('configure')
  const [days, setDays] = useState(fewDays)
  const [other, setOther] = useState<Reference | null>(null)
  const entry = useRef<HTMLInputElement>(null)
  const agenda = useAgenda(days, other?.id)
  const now = useMinute()
  useShortcuts(mayWrite ? { quickEntry: () => entry.current?.focus() } : {})
  const { data } = agenda
  const open = data ? openItems(data).length : 0
  const onMore = (section: Section) => {
    if (section === 'upcoming' && days === fewDays) setDays(manyDays)
    else app.goTo(section === 'done' ? '/reminders?tab=done' : `/tasks?tab=${section}`)
  }
  return (
    <section className={classes.page} aria-label="Today">
      <header className={classes.heading}>
        <div className={classes.naming}>
          <PageTitle title="Today" />
          <Text size="sm" c="dimmed" truncate>
            {(data ? localDate(data.date) : now).toLocaleDateString(undefined, {
              weekday: 'long',
              day: 'numeric',
              month: 'long',
            })}
          </Text>
        </div>
        {mayAskForOthers && (
          <div className={classes.whose}>
            <ReferencePicker
              of="user"
              size="xs"
              aria-label="Whose queue"
              placeholder={me ? `Mine (${me.name})` : 'Mine'}
              value={other}
              onChange={(user) => {
                const isMe = user?.id === me?.id
                setOther(isMe ? null : user)
              }}
            />
          </div>
        )}
      </header>
      {mayWrite && !other && (
        <div className={classes.entry}>
          <QuickEntry inputRef={entry} />
        </div>
      )}
      {data && !other && <StepsInQueue count={planStepsDue(data)} />}
      {data ? (
        <Queue
          key={other?.id ?? 'mine'}
          agenda={data}
          withUsers={false}
          onMore={onMore}
          clear={<NothingDue doneToday={data.counts.doneToday} whose={other} />}
          end={
            days === fewDays &&
            open > 0 && (
              <div className={classes.center}>
                <Button variant="subtle" color="gray" onClick={() => setDays(manyDays)}>
                  Look further than a week ahead
                </Button>
              </div>
            )
          }
        />
      ) : agenda.isError ? (
        <EmptyState
          icon={IconCloudOff}
          title="Today cannot be shown"
          text={messageOf(agenda.error)}
        >
          <Button onClick={() => void agenda.refetch()}>Try again</Button>
        </EmptyState>
      ) : (
        <Stack gap={8} className={classes.waiting} aria-busy="true" aria-label="Loading">
          {[0, 1, 2, 3, 4, 5].map((line) => (
            <Skeleton key={line} height={50} style={{ opacity: 1 - line / 8 }} />
          ))}
        </Stack>
      )}
    </section>
  )
}

/** The steps of plans are in Today like all else; the queue has their scripts. */
function StepsInQueue({ count }: { count: number }) {
  const app = useApp()
  if (count === 0) return null
  return (
    <div className={classes.steps}>
      <Button
        variant="light"
        size="compact-sm"
        classNames={{ root: classes.stepsButton, label: classes.stepsLabel }}
        leftSection={<IconRoute size={14} />}
        onClick={() => app.goTo('/queue')}
      >
        {count === 1
          ? 'One of these is a cadence step: do it in the queue'
          : `${count.toLocaleString()} of these are cadence steps: work them in the queue`}
      </Button>
    </div>
  )
}

/** Shown when the queue is empty: open leads without a next step, and whose they are. */
function NothingDue({ doneToday, whose }: { doneToday: number; whose: Reference | null }) {
  const title = doneToday > 0 ? 'All done for today' : 'Nothing is due'
  const done = doneToday > 0 ? `${doneToday.toLocaleString()} done. ` : ''
  return whose ? (
    <NothingDueFor title={title} done={done} whose={whose} />
  ) : (
    <NothingDueInScope title={title} done={done} />
  )
}

interface NothingDueProps {
  title: string
  done: string
}

/** Own work, and as wide a look at the leads as the user may have. */
function NothingDueInScope({ title, done }: NothingDueProps) {
  const app = useApp()
  const counts = useLeadScopes()
  const [scope, setScope] = useState<LeadScope>('mine')
  const count = counts?.find((one) => one.scope === scope)
  if (!counts || !count) return null
  const more = count.withoutStep === 0 ? wider(counts, scope) : undefined
  const isWell = count.open > 0 && count.withoutStep === 0 && !more
  return (
    <EmptyState
      icon={isWell ? IconConfetti : IconCircleCheck}
      title={title}
      text={`${done}${scopeText(count)}${more ? ` ${scopeText(more)}` : ''}`}
    >
      <Stack align="center" gap="sm">
        <LeadScopePicker value={scope} onChange={setScope} />
        <PlanSteps
          count={count.withoutStep > 0 ? count : more}
          onPipeline={() => app.goTo('/pipeline')}
        />
      </Stack>
    </EmptyState>
  )
}

/** The work of one other person. */
function NothingDueFor({ title, done, whose }: NothingDueProps & { whose: Reference }) {
  const app = useApp()
  const leads = useQuery(
    api.leads.list.queryOptions({ input: { filter: { all: withoutStep([whose.id]) }, limit: 1 } }),
  )
  const count = leads.data?.total
  if (count === undefined) return null
  return (
    <EmptyState
      icon={IconCircleCheck}
      title={title}
      text={
        count > 0
          ? `${done}${countOf('lead', count)} of ${whose.name} ${count === 1 ? 'has' : 'have'} no next step.`
          : `${done}No open lead of ${whose.name} is without a next step.`
      }
    >
      <PlanSteps
        count={count > 0 ? { ownerIds: [whose.id], withoutStep: count } : undefined}
        onPipeline={() => app.goTo('/pipeline')}
      />
    </EmptyState>
  )
}

const withoutStep = (ownerIds: string[] | null): Comparison[] => [
  { field: 'status', operator: 'in', value: ['open'] },
  { field: 'nextStepAt', operator: 'is_empty' },
  ...(ownerIds ? [{ field: 'owner', operator: 'in' as const, value: ownerIds }] : []),
]

interface PlanStepsProps {
  count: { ownerIds: string[] | null; withoutStep: number } | undefined
  onPipeline(): void
}

function PlanSteps({ count, onPipeline }: PlanStepsProps) {
  const app = useApp()
  return count ? (
    <Button onClick={() => app.goTo(narrowed('/leads', ...withoutStep(count.ownerIds)))}>
      Plan next steps for {countOf('lead', count.withoutStep)}
    </Button>
  ) : (
    <Button variant="default" onClick={onPipeline}>
      Open the pipeline
    </Button>
  )
}
