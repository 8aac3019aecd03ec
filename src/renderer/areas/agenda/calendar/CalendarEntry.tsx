/** One thing of the calendar: what it is, and what can be done with it. */
import {
  ActionIcon,
  Badge,
  Button,
  Drawer,
  Group,
  Popover,
  Stack,
  Text,
  TextInput,
} from '@mantine/core'
import { IconArrowRight, IconCheck, IconClockPause, IconRepeat, IconX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { AgendaItem } from '../../../../contract/agenda/today'
import { api } from '../../../api'
import { useApp } from '../../../app/actions'
import { kinds } from '../../../app/records'
import { DateField } from '../../../ui/DateField'
import { durationText } from '../../../ui/dates'
import { isMenuOpen } from '../../../ui/menus'
import { PriorityText } from '../../../ui/PriorityText'
import { RecordLink } from '../../../ui/record/RecordLink'
import { SnoozeMenu } from '../../../ui/SnoozeMenu'
import { UserAvatar } from '../../../ui/UserAvatar'
import { useNarrow } from '../../../ui/useNarrow'
import { repeatText } from '../../../ui/when/repeat'
import { useWords, type Words } from '../../timeline/activities/words'
import { itemPath } from '../today/item'
import classes from './CalendarEntry.module.css'
import type { Place } from './CalendarGrid'
import page from './CalendarPage.module.css'
import { wallTimeIn } from './calendarDays'
import type { Move } from './calendarEntry'
import { KindIcon } from './KindIcon'

export interface CalendarEntryProps {
  item: AgendaItem
  place: Place
  zone: string
  /** Names the person it belongs to. */
  named: boolean
  editable: boolean
  onMove(move: Move): Promise<unknown>
  onClose(): void
}

export function CalendarEntry(props: CalendarEntryProps) {
  const { item, place, onClose } = props
  const narrow = useNarrow()
  if (narrow) {
    return (
      <Drawer.Root opened onClose={onClose} position="bottom">
        <Drawer.Overlay backgroundOpacity={0.35} />
        <Drawer.Content className={classes.sheet ?? ''} aria-label={item.title}>
          <Drawer.Body>
            <Card {...props} />
          </Drawer.Body>
        </Drawer.Content>
      </Drawer.Root>
    )
  }
  return (
    <Popover
      opened
      onChange={(opened) => !opened && !isMenuOpen() && onClose()}
      position="right-start"
      width={340}
      shadow="lg"
      trapFocus
      returnFocus
      withRoles={false}
    >
      <Popover.Target>
        <span className={page.anchor} style={{ ...place }} />
      </Popover.Target>
      <Popover.Dropdown p={0} role="dialog" aria-label={item.title}>
        <Card {...props} />
      </Popover.Dropdown>
    </Popover>
  )
}

function Card({ item, zone, named, editable, onMove, onClose }: CalendarEntryProps) {
  const app = useApp()
  const words = useWords()
  const act = useMutation(api.agenda.act.mutationOptions({ onSuccess: onClose }))
  const targets = [{ kind: item.kind, id: item.id }]
  const open = item.doneAt === null
  return (
    <Stack gap="sm" className={classes.card}>
      <Group gap={8} wrap="nowrap" align="flex-start">
        <span className={classes.icon} data-kind={item.kind}>
          <KindIcon item={item} size={16} />
        </span>
        <Stack gap={2} flex={1} miw={0}>
          <Text fw={600} lineClamp={3} td={open ? undefined : 'line-through'}>
            {item.title}
          </Text>
          <Group gap={6}>
            <Text size="xs" c="dimmed">
              {kindText(item, words)}
            </Text>
            {item.priority && <PriorityText priority={item.priority} />}
            {item.overdue && open && (
              <Badge size="xs" color="red">
                Overdue
              </Badge>
            )}
            {!open && (
              <Badge size="xs" color="gray">
                Done
              </Badge>
            )}
          </Group>
        </Stack>
        <ActionIcon aria-label="Close" onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </Group>
      <Facts item={item} zone={zone} named={named} />
      {editable && open && (
        <Group gap={6}>
          <Button
            leftSection={<IconCheck size={15} />}
            loading={act.isPending && act.variables.action.type === 'complete'}
            onClick={() => act.mutate({ targets, action: { type: 'complete' } })}
            data-autofocus
          >
            Done
          </Button>
          <SnoozeMenu
            onSnooze={(until) => act.mutate({ targets, action: { type: 'snooze', until } })}
          >
            <Button variant="default" leftSection={<IconClockPause size={15} />}>
              Put off
            </Button>
          </SnoozeMenu>
          <Button
            variant="default"
            ml="auto"
            rightSection={<IconArrowRight size={15} />}
            onClick={() => app.goTo(itemPath(item))}
          >
            Open
          </Button>
        </Group>
      )}
      {editable && open && (
        <Reschedule item={item} zone={zone} onMove={(move) => onMove(move).then(onClose)} />
      )}
      {!(editable && open) && (
        <Group>
          <Button
            variant="default"
            rightSection={<IconArrowRight size={15} />}
            onClick={() => app.goTo(itemPath(item))}
          >
            Open
          </Button>
        </Group>
      )}
    </Stack>
  )
}

function Facts({ item, zone, named }: Pick<CalendarEntryProps, 'item' | 'zone' | 'named'>) {
  return (
    <dl className={classes.facts}>
      <Fact label="When">
        {whenText(item, zone)}
        {item.durationMinutes ? `, ${durationText(item.durationMinutes)}` : null}
        {item.recurrence && (
          <span className={classes.repeat}>
            <IconRepeat size={13} aria-hidden /> {repeatText(item.recurrence)}
          </span>
        )}
      </Fact>
      {item.lead && (
        <Fact label="Lead">
          <RecordLink kind="lead" record={item.lead} />
        </Fact>
      )}
      {item.contact && (
        <Fact label="Contact">
          <RecordLink kind="contact" record={item.contact} />
        </Fact>
      )}
      {item.company && (
        <Fact label="Company">
          <RecordLink kind="company" record={item.company} />
        </Fact>
      )}
      {item.customer && (
        <Fact label="Customer">
          <RecordLink kind="customer" record={item.customer} />
        </Fact>
      )}
      {item.about && <Fact label="For">{item.about.name}</Fact>}
      {named && (
        <Fact label="Whose">
          <UserAvatar user={item.user} named size={18} />
        </Fact>
      )}
      {item.text && (
        <Fact label="Notes">
          <Text size="sm" lineClamp={5} className={classes.text}>
            {item.text}
          </Text>
        </Fact>
      )}
    </dl>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  )
}

interface RescheduleProps {
  item: AgendaItem
  zone: string
  onMove(move: Move): void
}

/** Another time, for those who do not drag. */
function Reschedule({ item, zone, onMove }: RescheduleProps) {
  const before = item.day ?? wallTimeIn(item.at, zone)
  const [wallTime, setWallTime] = useState(before)
  return (
    <form
      className={classes.move}
      onSubmit={(event) => {
        event.preventDefault()
        if (wallTime && wallTime !== before) onMove({ wallTime })
      }}
    >
      {item.allDay ? (
        <DateField
          aria-label="Move to"
          size="xs"
          flex={1}
          value={wallTime}
          onChange={(date) => setWallTime(date ?? '')}
        />
      ) : (
        <TextInput
          aria-label="Move to"
          type="datetime-local"
          max="9999-12-31T23:59"
          size="xs"
          flex={1}
          value={wallTime}
          onChange={(event) => setWallTime(event.currentTarget.value)}
        />
      )}
      <Button type="submit" variant="default" disabled={!wallTime || wallTime === before}>
        Move
      </Button>
    </form>
  )
}

function whenText({ at, day }: AgendaItem, zone: string): string {
  return new Date(day ? `${day}T12:00Z` : at).toLocaleString(undefined, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(day ? {} : { hour: 'numeric', minute: '2-digit' }),
    timeZone: day ? 'UTC' : zone,
  })
}

/** "Meeting", "Task: call", "Reminder". */
function kindText({ kind, type }: AgendaItem, words: Words): string {
  if (type === null || kind === 'reminder') return upper(kinds[kind].one)
  return kind === 'activity'
    ? words.typeLabel(type)
    : `${upper(kinds.task.one)}: ${words.typeLabel(type).toLowerCase()}`
}

const upper = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
