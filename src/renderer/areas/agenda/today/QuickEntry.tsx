/** One line that becomes a task or a reminder; what is understood of it shows below while typing. */
import { Badge, Group, Loader, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import {
  IconBell,
  IconCalendarClock,
  IconCalendarOff,
  IconCheckbox,
  IconPlus,
  IconQuestionMark,
  IconRepeat,
} from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import type { ReactNode, Ref } from 'react'
import type { AgendaItem, QuickEntry as Understood } from '../../../../contract/agenda/today'
import { api } from '../../../api'
import { draftKey } from '../../../app/drafts/key'
import { useDraft } from '../../../app/drafts/useDraft'
import { Keys } from '../../../app/Keys'
import { messageOf } from '../../../app/problems'
import { kinds } from '../../../app/records'
import { priorityLabels } from '../../../ui/PriorityText'
import { readable } from '../../../ui/readable'
import { beforeText } from '../../../ui/when/before'
import { repeatText } from '../../../ui/when/repeat'
import { machineZone, wallTimeText, zoneText } from '../../../ui/when/times'
import type { Links } from '../../timeline/activities/draft'
import { logKinds } from '../../timeline/activities/links'
import classes from './QuickEntry.module.css'

const pause = 120

export interface QuickEntryProps {
  inputRef?: Ref<HTMLInputElement>
  autoFocus?: boolean
  /** The record in front, if one is. */
  links?: Links
  onAdded?(item: AgendaItem): void
  /** Esc was pressed. */
  onLeave?(): void
}

export function QuickEntry({ inputRef, autoFocus, links = {}, onAdded, onLeave }: QuickEntryProps) {
  const [text, setText] = useDraft({
    key: draftKey('entry', links),
    title: 'New task or reminder',
    place: { dialog: 'create.entry', with: { ...links } },
    initial: '',
  })
  const typed = text.trim()
  const [asked] = useDebouncedValue(typed, pause)
  const record = Object.fromEntries(
    Object.entries(links).filter(([, id]) => id !== null && id !== undefined),
  )
  const { data: understood } = useQuery({
    ...api.agenda.parse.queryOptions({ input: { text: asked, ...record } }),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
    gcTime: 30_000,
  })
  const add = useMutation(
    api.agenda.quickAdd.mutationOptions({
      meta: { showsProblem: true },
      onSuccess: (item, sent) => {
        // What was typed since is the next line.
        setText((now) => (now.trim() === sent.text ? '' : now))
        onAdded?.(item)
      },
    }),
  )
  return (
    <form
      className={classes.entry}
      onSubmit={(event) => {
        event.preventDefault()
        if (typed && !add.isPending) add.mutate({ text: typed, ...record })
      }}
    >
      <TextInput
        ref={inputRef}
        size="md"
        aria-label="New task or reminder"
        placeholder="Add a task: call Acme tomorrow 3pm !high"
        autoComplete="off"
        data-autofocus={autoFocus || undefined}
        maxLength={500}
        leftSection={
          add.isPending ? <Loader size={15} /> : <IconPlus size={17} stroke={1.8} aria-hidden />
        }
        rightSectionWidth={34}
        rightSection={typed ? <Keys keys="Enter" /> : <Keys keys="q" />}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          if (add.isError) add.reset()
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.preventDefault()
          event.currentTarget.blur()
          onLeave?.()
        }}
      />
      <div className={classes.understood} role="status">
        {add.isError ? (
          <Text size="xs" c="red" role="alert">
            {messageOf(add.error)}
          </Text>
        ) : typed && understood ? (
          <Chips entry={understood} />
        ) : (
          <Text size="xs" c="dimmed" truncate>
            A day, a time, <b>!high</b>, <b>every Monday</b> or a name of a record are understood.
            “Remind me …” makes a reminder.
          </Text>
        )}
      </div>
    </form>
  )
}

function Chips({ entry }: { entry: Understood }) {
  const now = new Date()
  return (
    <Group gap={6} wrap="nowrap" className={classes.chips}>
      <Chip icon={entry.kind === 'task' ? <IconCheckbox size={13} /> : <IconBell size={13} />}>
        {entry.kind === 'task' ? 'Task' : 'Reminder'}
      </Chip>
      {entry.wallTime ? (
        <Chip icon={<IconCalendarClock size={13} />} strong>
          {wallTimeText(entry.wallTime, now, entry.zone)}
          {entry.zone !== machineZone() && ` ${zoneText(entry.zone, now.toISOString())}`}
        </Chip>
      ) : (
        <Chip icon={<IconCalendarOff size={13} />}>No date</Chip>
      )}
      {entry.unread.map(({ from, text }) => (
        <Badge
          key={from}
          size="md"
          flex="none"
          variant="light"
          color="orange"
          leftSection={<IconQuestionMark size={13} />}
          title="Looks like a time, but was not read. It stays in the title."
        >
          “{text}” not read
        </Badge>
      ))}
      {entry.recurrence && (
        <Chip icon={<IconRepeat size={13} />} strong>
          {repeatText(entry.recurrence)}
        </Chip>
      )}
      {entry.reminderMinutes.map((minutes) => (
        <Chip key={minutes} icon={<IconBell size={13} />} strong>
          {beforeText(minutes)}
        </Chip>
      ))}
      {entry.kind === 'task' && entry.type !== 'other' && <Chip>{readable(entry.type)}</Chip>}
      {entry.priority !== 'medium' && <Chip strong>{priorityLabels[entry.priority]}</Chip>}
      {logKinds.flatMap((kind) => {
        const record = entry[kind]
        const Icon = kinds[kind].icon
        return record
          ? [
              <Chip key={kind} icon={<Icon size={13} />} strong>
                {record.name}
              </Chip>,
            ]
          : []
      })}
      {/* The longest comes last: on a phone the others are in sight without it. */}
      {entry.title && (
        <Chip>
          <b>{entry.title}</b>
        </Chip>
      )}
    </Group>
  )
}

interface ChipProps {
  icon?: ReactNode
  /** It was understood from the text, rather than by default. */
  strong?: boolean
  children: ReactNode
}

function Chip({ icon, strong = false, children }: ChipProps) {
  return (
    <Badge
      size="md"
      flex="none"
      variant="light"
      color={strong ? 'juniper' : 'gray'}
      leftSection={icon}
    >
      {children}
    </Badge>
  )
}
