/**
 * One activity on a timeline: those people logged in full, those the system wrote in one line.
 *
 * A timeline draws hundreds. So an entry is plain elements, subscribes to nothing that its list knows, and
 * mounts its menu and its form when they are opened.
 */
import { Button } from '@mantine/core'
import {
  IconArrowDownLeft,
  IconArrowRight,
  IconArrowUpRight,
  IconDots,
  IconEyeOff,
} from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { Reference } from '../../../../contract/kernel/shapes'
import type { Activity } from '../../../../contract/timeline/activities'
import { draftKey } from '../../../app/drafts/key'
import { useDraftRequest } from '../../../app/drafts/useDraft'
import type { PageKind } from '../../../app/records'
import { DateText } from '../../../ui/DateText'
import { daysUntil, durationText, isPast, timeText } from '../../../ui/dates'
import { type MenuButtonProps, MenuOnDemand } from '../../../ui/MenuOnDemand'
import { RecordLink } from '../../../ui/record/RecordLink'
import { TextWithLinks } from '../../../ui/TextWithLinks'
import { ActivityMenuItems } from './ActivityMenuItems'
import { CompleteMenu } from './CompleteMenu'
import { dueOf, isOpen } from './due'
import { EditActivity } from './EditActivity'
import { changesIn, reasonIn } from './system'
import classes from './Timeline.module.css'
import { iconOf, type Words } from './words'

export type Subject = 'lead' | 'company' | 'contact' | 'customer' | 'user'

export interface TimelineItemProps {
  activity: Activity
  words: Words
  /** The user may change what people logged. */
  mayWrite: boolean
  /** Whose timeline it is on; that record is not named again. Undefined names all. */
  subject?: Subject | undefined
  /** Shown in another light, e.g. because a search led here. */
  highlighted?: boolean
}

export function TimelineItem(props: TimelineItemProps) {
  return props.activity.category === 'system' ? (
    <SystemItem {...props} />
  ) : (
    <LoggedItem {...props} />
  )
}

function SystemItem({ activity, words, subject, highlighted }: TimelineItemProps) {
  const Icon = iconOf(activity.type)
  const changes = changesIn(activity)
  const reason = reasonIn(activity)
  return (
    <div className={classes.system} data-highlighted={highlighted || undefined}>
      <span className={classes.systemIcon}>
        <Icon size={13} stroke={1.8} aria-hidden />
      </span>
      <div className={classes.systemText}>
        {changes.length === 0 ? (
          <span>{activity.subject ?? words.typeLabel(activity.type)}</span>
        ) : (
          changes.slice(0, 4).map(({ label, before, after }) => (
            <span key={label} className={classes.change}>
              {label} <span className={classes.before}>{before ?? 'none'}</span>
              <IconArrowRight size={11} aria-label="to" />
              <span className={classes.after}>{after ?? 'none'}</span>
            </span>
          ))
        )}
        {changes.length > 4 && <span>and {changes.length - 4} more</span>}
        {reason && <span>“{reason}”</span>}
        <About activity={activity} subject={subject} />
        <span>{activity.user?.name ?? 'Rapport'}</span>
        <Clock activity={activity} />
      </div>
    </div>
  )
}

function LoggedItem(props: TimelineItemProps) {
  const { activity, words, subject, highlighted } = props
  const mayWrite = props.mayWrite && activity.category === 'manual'
  const type = words.typeLabel(activity.type)
  const name = activity.subject ?? type
  /** What it was when somebody began to edit it. */
  const [editing, setEditing] = useState<Activity | null>(null)
  const key = draftKey('activity-edit', activity.id)
  useDraftRequest(
    (asked) => mayWrite && asked === key,
    () => setEditing(activity),
  )
  const Icon = iconOf(activity.type)
  const open = isOpen(activity)
  const due = dueOf(activity)
  const overdue = open && due !== null && isPast(due)
  return (
    <div
      className={classes.item}
      data-open={open || undefined}
      data-overdue={overdue || undefined}
      data-highlighted={highlighted || undefined}
    >
      <span className={classes.icon} data-category={activity.category}>
        <Icon size={16} stroke={1.7} aria-hidden />
      </span>
      <div className={classes.body}>
        {editing ? (
          <EditActivity
            activity={editing}
            title={`Edit: ${name}`}
            draftKey={key}
            onClose={() => setEditing(null)}
          />
        ) : (
          <>
            <div className={classes.head}>
              <div className={classes.what}>
                {activity.subject && <span className={classes.name}>{activity.subject}</span>}
                <span className={classes.kind}>
                  <span className={activity.subject ? classes.type : classes.name}>{type}</span>
                  <Direction activity={activity} />
                </span>
                {activity.outcome && <Outcome name={activity.outcome} words={words} />}
                {activity.category === 'automated' && (
                  <span className={classes.automatic}>automatic</span>
                )}
                {!activity.visibleToRep && (
                  <span className={classes.hidden} title="Hidden from reps">
                    <IconEyeOff size={13} aria-label="Hidden from reps" />
                  </span>
                )}
              </div>
              {mayWrite && (
                <div className={classes.tools}>
                  {open && <CompleteMenu activity={activity} words={words} />}
                  <MenuOnDemand button={MoreButton}>
                    <ActivityMenuItems
                      activity={activity}
                      name={name}
                      onEdit={() => setEditing(activity)}
                    />
                  </MenuOnDemand>
                </div>
              )}
            </div>
            {activity.description && <Description text={activity.description} />}
            <div className={classes.meta}>
              {open && due ? (
                <span className={classes.due}>
                  {activity.dueAt ? 'due ' : ''}
                  <DateText value={due} />
                </span>
              ) : (
                <Clock activity={activity} />
              )}
              {activity.durationMinutes ? (
                <span>{durationText(activity.durationMinutes)}</span>
              ) : null}
              {activity.location && <span>{activity.location}</span>}
              <span>{activity.user?.name ?? activity.createdBy?.name ?? 'Nobody'}</span>
              <Copies metadata={activity.metadata} />
              <About activity={activity} subject={subject} />
            </div>
          </>
        )}
      </div>
    </div>
  )
}

const MoreButton = (props: MenuButtonProps) => (
  <button type="button" aria-label="More" className={classes.more} {...props}>
    <IconDots size={15} aria-hidden />
  </button>
)

function Clock({ activity }: { activity: Activity }) {
  if (activity.day) return <time dateTime={activity.day}>All day</time>
  const today = Math.abs(daysUntil(activity.at)) < 1
  return (
    <span className="tabular">
      {today ? (
        <DateText value={activity.at} />
      ) : (
        <time dateTime={activity.at}>{timeText(activity.at)}</time>
      )}
    </span>
  )
}

function Direction({ activity: { direction } }: { activity: Activity }) {
  if (direction === null) return null
  const incoming = direction === 'inbound'
  const Arrow = incoming ? IconArrowDownLeft : IconArrowUpRight
  return (
    <Arrow
      size={14}
      aria-label={incoming ? 'incoming' : 'outgoing'}
      color="var(--mantine-color-dimmed)"
    />
  )
}

const good = new Set(['successful', 'interested', 'demo_scheduled', 'converted'])
const bad = new Set(['not_interested'])

function Outcome({ name, words }: { name: string; words: Words }) {
  const tone = good.has(name) ? 'good' : bad.has(name) ? 'bad' : 'open'
  return (
    <span className={classes.outcome} data-tone={tone}>
      {words.outcomeLabel(name)}
    </span>
  )
}

const longText = 420

function Description({ text }: { text: string }) {
  const [whole, setWhole] = useState(false)
  const long = text.length > longText || text.split('\n').length > 8
  return (
    <div className={classes.description}>
      <div className={long && !whole ? classes.clamped : undefined}>
        <TextWithLinks text={text} />
      </div>
      {long && (
        <Button variant="subtle" size="compact-xs" onClick={() => setWhole(!whole)}>
          {whole ? 'Less' : 'More'}
        </Button>
      )}
    </div>
  )
}

/** Who else got an e-mail. */
function Copies({ metadata }: Pick<Activity, 'metadata'>) {
  return (['cc', 'bcc'] as const).map((kind) => {
    const addresses = metadata[kind]
    return Array.isArray(addresses) && addresses.length > 0 ? (
      <span key={kind}>
        {kind === 'cc' ? 'Cc' : 'Bcc'} {addresses.join(', ')}
      </span>
    ) : null
  })
}

/** The other records it is about. */
function About({ activity, subject }: { activity: Activity; subject: Subject | undefined }) {
  const links: ReactNode[] = []
  const link = (kind: PageKind, record: Reference | null) => {
    if (record && kind !== subject)
      links.push(<RecordLink key={kind} kind={kind} record={record} />)
  }
  link('lead', activity.lead)
  // What the system wrote about a lead is not about a person.
  if (activity.category !== 'system') link('contact', activity.contact)
  // A lead's company is clear from the lead.
  if (!activity.lead) link('company', activity.company)
  if (!activity.lead) link('customer', activity.customer)
  return <>{links}</>
}
