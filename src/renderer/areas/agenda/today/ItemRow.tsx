/** One item of the queue: done with one press, the rest beside it. */
import { ActionIcon, Group, Menu, Tooltip, UnstyledButton } from '@mantine/core'
import {
  IconCalendarClock,
  IconCheck,
  IconClockPause,
  IconDots,
  IconExternalLink,
  IconMessagePlus,
  IconRepeat,
  IconSquareCheck,
  IconTrash,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { AgendaItem } from '../../../../contract/agenda/today'
import { DateText } from '../../../ui/DateText'
import { durationText, exactText, timeText } from '../../../ui/dates'
import { CheckCell } from '../../../ui/list/CheckCell'
import { PriorityText } from '../../../ui/PriorityText'
import { RecordLink } from '../../../ui/record/RecordLink'
import { SnoozeMenu } from '../../../ui/SnoozeMenu'
import { UserAvatar } from '../../../ui/UserAvatar'
import { repeatText } from '../../../ui/when/repeat'
import { logKinds, recordOf } from '../../timeline/activities/links'
import classes from './ItemRow.module.css'
import { itemIcon, itemPath } from './item'
import type { Section } from './queue'
import { Swipe } from './Swipe'

/** What a row can be asked to do. */
export interface ItemActions {
  complete(item: AgendaItem): void
  snooze(item: AgendaItem, until: string): void
  reschedule(item: AgendaItem): void
  log(item: AgendaItem): void
  remove(item: AgendaItem): void
  openRecord(item: AgendaItem): void
  /** Becomes the row that keys act on. */
  activate(item: AgendaItem): void
  select(item: AgendaItem, on: boolean, range: boolean): void
  /** Its menu of times is open, or no longer. */
  menu(item: AgendaItem, opened: boolean): void
}

export interface ItemRowProps {
  item: AgendaItem
  section: Section
  active: boolean
  selected: boolean
  /** Boxes stay in sight while any row is selected. */
  selecting: boolean
  snoozing: boolean
  mayWrite: boolean
  /** Whose it is, where others' are shown too. */
  withUser: boolean
  /** Whether fingers may push it aside. */
  swipes: boolean
  actions: ItemActions
}

export function ItemRow({ swipes, ...props }: ItemRowProps) {
  const { item, actions } = props
  const row = <Row {...props} />
  if (!swipes || item.doneAt !== null) return row
  return (
    <Swipe onDone={() => actions.complete(item)} onPutOff={() => actions.menu(item, true)}>
      {row}
    </Swipe>
  )
}

function Row(props: Omit<ItemRowProps, 'swipes'>) {
  const { item, section, active, selected, selecting, snoozing, mayWrite, withUser, actions } =
    props
  const done = item.doneAt !== null
  const Icon = itemIcon(item)
  return (
    <div
      className={classes.row}
      data-active={active || undefined}
      data-selected={selected || undefined}
      data-selecting={selecting || undefined}
      data-overdue={(item.overdue && !done) || undefined}
      data-done={done || undefined}
    >
      {mayWrite && !done && (
        <span className={classes.box}>
          <CheckCell
            label={`Select ${item.title}`}
            checked={selected}
            onChange={(on, range) => actions.select(item, on, range)}
          />
        </span>
      )}
      {done ? (
        <span className={classes.check} data-done>
          <IconCheck size={14} stroke={2.4} aria-label="Done" />
        </span>
      ) : (
        <UnstyledButton
          className={classes.check}
          disabled={!mayWrite}
          aria-label={`Complete ${item.title}`}
          tabIndex={-1}
          onClick={() => actions.complete(item)}
        >
          <IconCheck size={14} stroke={2.4} aria-hidden />
        </UnstyledButton>
      )}
      <Icon size={17} stroke={1.6} className={classes.icon} aria-hidden />
      <div className={classes.body}>
        <Link
          to={itemPath(item) as string}
          className={classes.title}
          tabIndex={active ? 0 : -1}
          data-item={item.id}
          onFocus={() => actions.activate(item)}
        >
          {item.title}
        </Link>
        <div className={classes.meta}>
          <About item={item} />
          {item.text && item.text !== item.title && (
            <span className={classes.text}>{item.text}</span>
          )}
        </div>
      </div>
      <div className={classes.facts}>
        {(item.priority === 'high' || item.priority === 'urgent') && (
          <span className={classes.priority}>
            <PriorityText priority={item.priority} />
          </span>
        )}
        {item.recurrence && (
          <Tooltip label={repeatText(item.recurrence)}>
            <IconRepeat size={14} stroke={1.8} aria-label={repeatText(item.recurrence)} />
          </Tooltip>
        )}
        {withUser && <UserAvatar user={item.user} size={20} />}
        <ItemTime item={item} section={section} />
      </div>
      {mayWrite && (
        <Group gap={0} wrap="nowrap" className={classes.tools}>
          {!done && (
            <>
              <ActionIcon
                className={classes.wideOnly}
                aria-label={`Log on ${item.title}`}
                title="Log how it went"
                tabIndex={-1}
                onClick={() => actions.log(item)}
              >
                <IconMessagePlus size={17} stroke={1.6} />
              </ActionIcon>
              <SnoozeMenu
                label="Put off until"
                opened={snoozing}
                onOpened={(opened) => actions.menu(item, opened)}
                onSnooze={(until) => actions.snooze(item, until)}
              >
                <ActionIcon aria-label={`Put off ${item.title}`} title="Put off" tabIndex={-1}>
                  <IconClockPause size={17} stroke={1.6} />
                </ActionIcon>
              </SnoozeMenu>
            </>
          )}
          <Menu>
            <Menu.Target>
              <ActionIcon aria-label={`More for ${item.title}`} tabIndex={-1}>
                <IconDots size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {recordOf(item) && (
                <Menu.Item
                  leftSection={<IconExternalLink size={15} />}
                  onClick={() => actions.openRecord(item)}
                >
                  Open {recordOf(item)?.record.name}
                </Menu.Item>
              )}
              {!done && (
                <>
                  <Menu.Item
                    leftSection={<IconMessagePlus size={15} />}
                    onClick={() => actions.log(item)}
                  >
                    Log how it went
                  </Menu.Item>
                  <Menu.Item
                    leftSection={<IconCalendarClock size={15} />}
                    onClick={() => actions.reschedule(item)}
                  >
                    Choose another time
                  </Menu.Item>
                  <Menu.Item
                    leftSection={<IconSquareCheck size={15} />}
                    onClick={() => actions.select(item, !selected, false)}
                  >
                    {selected ? 'Do not select' : 'Select'}
                  </Menu.Item>
                </>
              )}
              <Menu.Item leftSection={<IconTrash size={15} />} onClick={() => actions.remove(item)}>
                Delete
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Group>
      )}
    </div>
  )
}

/** The records it is about; a lead's company is clear from the lead. */
export function About({ item }: { item: AgendaItem }) {
  const links: ReactNode[] = logKinds.flatMap((kind) => {
    const record = item[kind]
    if (!record || (kind === 'company' && (item.lead || item.customer))) return []
    return [<RecordLink key={kind} kind={kind} record={record} />]
  })
  return (
    <>
      {links}
      {item.about && !item.title.includes(item.about.name) && <span>for “{item.about.name}”</span>}
    </>
  )
}

function ItemTime({ item, section }: { item: AgendaItem; section: Section }) {
  const { at, day, doneAt, durationMinutes } = item
  if (doneAt) return <time dateTime={doneAt}>{timeText(doneAt)}</time>
  return (
    <span className={classes.time} title={exactText(day ?? at)}>
      {section === 'overdue' ? (
        <DateText value={day ?? at} />
      ) : day ? (
        'any time'
      ) : (
        <time dateTime={at}>{timeText(at)}</time>
      )}
      {durationMinutes ? (
        <span className={classes.duration}>{durationText(durationMinutes)}</span>
      ) : null}
    </span>
  )
}
