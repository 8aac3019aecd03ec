/** What the calendar shows right now; kept in the address, so that back, reload and links bring it again. */
import { useRouter, useRouterState } from '@tanstack/react-router'
import * as z from 'zod'
import { CalendarDate } from '../../../../contract/kernel/shapes'
import { usePreference } from '../../../app/session'
import { type CalendarView, calendarViews } from './calendarDays'

const View = z.enum(calendarViews)
const Search = z.object({
  view: View.optional().catch(undefined),
  /** A day within what is shown; today by default. */
  date: CalendarDate.optional().catch(undefined),
  whose: z.literal('everybody').optional().catch(undefined),
})
type CalendarSearch = z.output<typeof Search>

export interface CalendarState {
  view: CalendarView
  date: string | undefined
  everybody: boolean
  change(change: Partial<CalendarSearch>): void
}

export function useCalendarState(): CalendarState {
  const router = useRouter()
  const search = useRouterState({ select: (current) => current.location.search })
  const state = readSearch(search)
  const lastView = usePreference<CalendarView>('calendar.view', readView, 'week')
  return {
    view: state.view ?? lastView.value,
    date: state.date,
    everybody: state.whose === 'everybody',
    change(part) {
      const next = { ...readSearch(router.state.location.search), ...part }
      if (part.view && part.view !== lastView.value) lastView.set(part.view)
      void router.navigate({ to: '.', search: next, replace: true })
    },
  }
}

function readSearch(search: unknown): CalendarSearch {
  const read = Search.safeParse(search ?? {})
  return read.success ? read.data : {}
}

function readView(stored: unknown): CalendarView | undefined {
  const read = View.safeParse(stored)
  return read.success ? read.data : undefined
}
