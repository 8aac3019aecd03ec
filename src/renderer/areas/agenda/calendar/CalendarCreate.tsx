/** What to make at a time that was picked on the calendar. */
import { Menu } from '@mantine/core'
import { IconBell, IconCalendarEvent, IconCheckbox } from '@tabler/icons-react'
import { useApp } from '../../../app/actions'
import { shortText } from '../../../ui/dates'
import type { Place, Slot } from './CalendarGrid'
import classes from './CalendarPage.module.css'
import { instantOf } from './calendarDays'

export interface CalendarCreateProps {
  slot: Slot
  place: Place
  zone: string
  onClose(): void
}

export function CalendarCreate({ slot, place, zone, onClose }: CalendarCreateProps) {
  const app = useApp()
  const { wallTime, durationMinutes } = slot
  // A day alone means its morning, except for a task: that may be due on a day.
  const withTime = wallTime.includes('T') ? wallTime : `${wallTime}T09:00`
  return (
    <Menu opened onClose={onClose} position="bottom-start" width={200} returnFocus trapFocus>
      <Menu.Target>
        <span className={classes.anchor} style={{ ...place }} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{whenText(wallTime)}</Menu.Label>
        <Menu.Item
          leftSection={<IconCalendarEvent size={16} stroke={1.6} />}
          onClick={() =>
            app.create('activity', {
              initial: {
                type: 'meeting',
                plannedAt: instantOf(withTime, zone),
                durationMinutes,
              },
              onCreated: stay,
            })
          }
        >
          Activity
        </Menu.Item>
        <Menu.Item
          leftSection={<IconCheckbox size={16} stroke={1.6} />}
          onClick={() => app.create('task', { initial: { wallTime }, onCreated: stay })}
        >
          Task
        </Menu.Item>
        <Menu.Item
          leftSection={<IconBell size={16} stroke={1.6} />}
          onClick={() =>
            app.create('reminder', { initial: { wallTime: withTime }, onCreated: stay })
          }
        >
          Reminder
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** It appears on the calendar, which is where one continues. */
const stay = () => {}

/** A local time as it is read: it has no zone, so none may shift it. */
const whenText = (wallTime: string) =>
  wallTime.includes('T')
    ? shortText(new Date(wallTime).toISOString(), new Date(), true)
    : shortText(wallTime)
