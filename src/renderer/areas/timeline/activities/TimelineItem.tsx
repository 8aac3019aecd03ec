/** One activity on a timeline: those people logged in full, those the system wrote in one line. */
import { ActionIcon, Anchor, Badge, Button, Group, Menu, Text, Tooltip } from '@mantine/core'
import {
  IconArrowBackUp,
  IconArrowDownLeft,
  IconArrowRight,
  IconArrowUpRight,
  IconCheck,
  IconDots,
  IconEyeOff,
  IconPencil,
  IconTrash,
} from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { Reference } from '../../../../contract/kernel/shapes'
import type { Activity } from '../../../../contract/timeline/activities'
import { api } from '../../../api'
import { recordIn } from '../../../app/clashes/edit'
import { draftKey } from '../../../app/drafts/key'
import { useDraftRequest } from '../../../app/drafts/useDraft'
import { shownRecord } from '../../../app/recordParts'
import { recordPath } from '../../../app/records'
import { useMay } from '../../../app/session'
import { DateText } from '../../../ui/DateText'
import { daysUntil, durationText, isPast, timeText } from '../../../ui/dates'
import { RecordParts } from '../../../ui/record/RecordParts'
import { TextWithLinks } from '../../../ui/TextWithLinks'
import { CompleteMenu } from './CompleteMenu'
import { Composer } from './Composer'
import { draftOf, editOf } from './draft'
import { dueOf, isOpen } from './due'
import { changesIn, reasonIn } from './system'
import classes from './Timeline.module.css'
import { iconOf, type Words } from './words'

export type Subject = 'lead' | 'company' | 'contact' | 'customer' | 'user'

export interface TimelineItemProps {
  activity: Activity
  words: Words
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
      <Text component="div" size="xs" c="dimmed" className={classes.systemText}>
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
      </Text>
    </div>
  )
}

function LoggedItem({ activity, words, subject, highlighted }: TimelineItemProps) {
  const mayWrite = useMay('write') && activity.category === 'manual'
  /** What it was when somebody began to edit it. */
  const [editing, setEditing] = useState<Activity | null>(null)
  const key = draftKey('activity-edit', activity.id)
  useDraftRequest(
    (asked) => mayWrite && asked === key,
    () => setEditing(activity),
  )
  const update = useMutation(
    api.activities.update.mutationOptions({ meta: { showsProblem: true } }),
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
          <Composer
            initial={draftOf(editing)}
            saveLabel="Save"
            withReminders={false}
            about={[{ leadId: editing.lead?.id ?? null, contactId: editing.contact?.id ?? null }]}
            outcomeBefore={editing.outcome}
            keep={{
              key,
              title: `Edit: ${activity.subject ?? words.typeLabel(activity.type)}`,
              recordId: activity.id,
              basedOn: editing,
            }}
            onClose={() => setEditing(null)}
            onSave={async (input, basedOn, plan) => {
              const before = recordIn(basedOn, editing)
              await update.mutateAsync({ id: activity.id, ...editOf(before, input), ...plan })
              setEditing(null)
            }}
          />
        ) : (
          <>
            <div className={classes.head}>
              <Group gap={6} miw={0} className={classes.what}>
                <Text size="sm" fw={600} span>
                  {activity.subject ?? words.typeLabel(activity.type)}
                </Text>
                {activity.subject && (
                  <Text size="xs" c="dimmed" span>
                    {words.typeLabel(activity.type)}
                  </Text>
                )}
                <Direction activity={activity} />
                {activity.outcome && <Outcome name={activity.outcome} words={words} />}
                {activity.category === 'automated' && (
                  <Badge size="xs" color="gray">
                    automatic
                  </Badge>
                )}
                {!activity.visibleToRep && (
                  <Tooltip label="Hidden from reps">
                    <IconEyeOff size={13} aria-label="Hidden from reps" />
                  </Tooltip>
                )}
              </Group>
              <Group gap={2} wrap="nowrap" className={classes.tools}>
                {open && mayWrite && <CompleteMenu activity={activity} words={words} />}
                {mayWrite && (
                  <ItemMenu
                    activity={activity}
                    name={activity.subject ?? words.typeLabel(activity.type)}
                    open={open}
                    onEdit={() => setEditing(activity)}
                  />
                )}
              </Group>
            </div>
            {activity.description && <Description text={activity.description} />}
            <Text component="div" size="xs" c="dimmed" className={classes.meta}>
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
            </Text>
          </>
        )}
      </div>
    </div>
  )
}

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
  const color = good.has(name) ? 'juniper' : bad.has(name) ? 'red' : 'amber'
  return (
    <Badge size="sm" color={color}>
      {words.outcomeLabel(name)}
    </Badge>
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
  const link = (kind: 'lead' | 'contact' | 'company' | 'customer', record: Reference | null) => {
    if (!record || kind === subject) return
    links.push(
      <Anchor key={kind} component={Link} to={recordPath(kind, record.id) as string} inherit>
        {record.name}
      </Anchor>,
    )
  }
  link('lead', activity.lead)
  // What the system wrote about a lead is not about a person.
  if (activity.category !== 'system') link('contact', activity.contact)
  // A lead's company is clear from the lead.
  if (!activity.lead) link('company', activity.company)
  if (!activity.lead) link('customer', activity.customer)
  return <>{links}</>
}

interface ItemMenuProps {
  activity: Activity
  name: string
  open: boolean
  onEdit(): void
}

function ItemMenu({ activity, name, open, onEdit }: ItemMenuProps) {
  const remove = useMutation(api.activities.remove.mutationOptions())
  const reopen = useMutation(api.activities.reopen.mutationOptions())
  const complete = useMutation(api.activities.complete.mutationOptions())
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon size="sm" aria-label="More" className={classes.more}>
          <IconDots size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={15} />} onClick={onEdit}>
          Edit
        </Menu.Item>
        {open && (
          <Menu.Item
            leftSection={<IconCheck size={15} />}
            onClick={() => complete.mutate({ id: activity.id })}
          >
            Complete
          </Menu.Item>
        )}
        {activity.completedAt !== null && (
          <Menu.Item
            leftSection={<IconArrowBackUp size={15} />}
            onClick={() => reopen.mutate({ id: activity.id })}
          >
            Reopen
          </Menu.Item>
        )}
        <RecordParts place="timelineMenu" record={shownRecord('activity', activity, name)} />
        <Menu.Item
          leftSection={<IconTrash size={15} />}
          onClick={() => remove.mutate({ id: activity.id })}
        >
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
