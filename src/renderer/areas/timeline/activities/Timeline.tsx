/** A record's timeline: what is planned on top, then everything that happened, newest first. */
import { Button, Loader, Skeleton, Stack, Text } from '@mantine/core'
import { IconCloudOff, IconFilterOff, IconMessagePlus } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { type ReactNode, useDeferredValue, useEffect, useRef, useState } from 'react'
import type { Activity } from '../../../../contract/timeline/activities'
import { api } from '../../../api'
import { messageOf } from '../../../app/problems'
import { useMay } from '../../../app/session'
import { EmptyState } from '../../../ui/EmptyState'
import { byDay } from './days'
import type { Links } from './draft'
import { isOpen } from './due'
import { QuickLog } from './QuickLog'
import classes from './Timeline.module.css'
import {
  inputOfFilter,
  isFiltering,
  noFilter,
  type TimelineFilter,
  TimelineFilters,
} from './TimelineFilters'
import { type Subject, TimelineItem } from './TimelineItem'
import { timelineOf, upcomingOf } from './timelineQueries'
import { useWords } from './words'

/** The next page is asked for when the end is this far below what is in sight. */
const ahead = '1600px'
/** As many as fill a screen. */
const firstDrawn = 8
const noItems: readonly Activity[] = []

export interface TimelineProps {
  subject: Exclude<Subject, 'user'>
  id: string
  /** What a new activity is about. */
  links: Links
  /** Name of the record. */
  name: string
  /** An activity a search led to. */
  activityId?: string | undefined
  /** Shown above what is planned. */
  above?: ReactNode
  /** Nothing new is logged, e.g. on a record in the trash. */
  readOnly?: boolean
}

export function Timeline({
  subject,
  id,
  links,
  name,
  activityId,
  above,
  readOnly = false,
}: TimelineProps) {
  const [filter, setFilter] = useState<TimelineFilter>(noFilter)
  const words = useWords()
  const mayWrite = useMay('write')
  const filtering = isFiltering(filter)
  const pages = useInfiniteQuery(timelineOf(subject, id, inputOfFilter(filter)))
  const upcoming = useQuery(upcomingOf(subject, id))
  const loaded = pages.data?.pages.flatMap((page) => page.items) ?? noItems
  // The first come with the page. The others are drawn in slices between frames: nothing waits for them.
  const items = useDeferredValue(loaded, loaded.slice(0, firstDrawn))
  const isDrawn = items === loaded
  // While filtering, planned ones are in the stream like all others.
  const past = filtering ? items : items.filter((activity) => !isOpen(activity))
  const planned = filtering ? [] : (upcoming.data?.items ?? [])
  const inSight = [...planned, ...loaded].some((activity) => activity.id === activityId)
  return (
    <div className={classes.timeline}>
      <div className={classes.top}>
        {!readOnly && <QuickLog links={links} about={name} />}
        <TimelineFilters value={filter} onChange={setFilter} words={words} />
      </div>
      <div className={classes.scroll}>
        {above}
        {activityId && !inSight && pages.data && <Sought id={activityId} subject={subject} />}
        {planned.length > 0 && (
          <section className={classes.day}>
            <h3 className={classes.heading}>Upcoming</h3>
            {planned.map((activity) => (
              <Item
                key={activity.id}
                activity={activity}
                words={words}
                mayWrite={mayWrite}
                subject={subject}
                activityId={activityId}
              />
            ))}
          </section>
        )}
        {byDay(past, new Date()).map(({ date, heading, items: ofDay }) => (
          <section key={date} className={classes.day}>
            <h3 className={classes.heading}>{heading}</h3>
            {ofDay.map((activity) => (
              <Item
                key={activity.id}
                activity={activity}
                words={words}
                mayWrite={mayWrite}
                subject={subject}
                activityId={activityId}
              />
            ))}
          </section>
        ))}
        <End
          pages={pages}
          isDrawn={isDrawn}
          isEmpty={past.length === 0 && planned.length === 0}
          filtering={filtering}
          onClear={() => setFilter(noFilter)}
        />
      </div>
    </div>
  )
}

interface ItemProps {
  activity: Activity
  words: ReturnType<typeof useWords>
  mayWrite: boolean
  subject: Subject
  activityId: string | undefined
}

function Item({ activity, words, mayWrite, subject, activityId }: ItemProps) {
  const sought = activity.id === activityId
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (sought) place.current?.scrollIntoView({ block: 'center' })
  }, [sought])
  return (
    <div ref={place}>
      <TimelineItem
        activity={activity}
        words={words}
        mayWrite={mayWrite}
        subject={subject}
        highlighted={sought}
      />
    </div>
  )
}

/** The activity a search led to, while it is not among those loaded. */
function Sought({ id, subject }: { id: string; subject: Subject }) {
  const words = useWords()
  const mayWrite = useMay('write')
  const { data } = useQuery(api.activities.get.queryOptions({ input: { id } }))
  if (!data) return null
  return (
    <section className={classes.day}>
      <h3 className={classes.heading}>What you searched for</h3>
      <TimelineItem
        activity={data}
        words={words}
        mayWrite={mayWrite}
        subject={subject}
        highlighted
      />
    </section>
  )
}

interface EndProps {
  pages: {
    isPending: boolean
    isError: boolean
    error: unknown
    hasNextPage: boolean
    isFetchingNextPage: boolean
    fetchNextPage(): unknown
    refetch(): unknown
  }
  /** What has been read is on the screen. */
  isDrawn: boolean
  isEmpty: boolean
  filtering: boolean
  onClear(): void
}

/** Loads on when it comes into sight; else says that this was all. */
function End({ pages, isDrawn, isEmpty, filtering, onClear }: EndProps) {
  const place = useRef<HTMLDivElement>(null)
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages
  useEffect(() => {
    const element = place.current
    if (!element || !isDrawn || !hasNextPage || isFetchingNextPage) return
    const observer = new IntersectionObserver(
      (changes) => {
        // Several changes may come at once; the last says how it is.
        if (changes.at(-1)?.isIntersecting) void fetchNextPage()
      },
      // The timeline scrolls by itself or with the page: a root's margin does nothing in a box of its own.
      { rootMargin: ahead, scrollMargin: ahead },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [isDrawn, hasNextPage, isFetchingNextPage, fetchNextPage])
  if (pages.isPending || (isEmpty && !isDrawn)) {
    return (
      <Stack gap="sm" aria-busy="true" aria-label="Loading">
        <Skeleton height={64} radius="lg" />
        <Skeleton height={20} width="60%" />
        <Skeleton height={64} radius="lg" />
      </Stack>
    )
  }
  if (pages.isError && isEmpty) {
    return (
      <EmptyState
        icon={IconCloudOff}
        size="sm"
        title="The timeline cannot be shown"
        text={messageOf(pages.error)}
      >
        <Button onClick={() => pages.refetch()}>Try again</Button>
      </EmptyState>
    )
  }
  if (isEmpty) {
    return filtering ? (
      <EmptyState icon={IconFilterOff} size="sm" title="Nothing matches">
        <Button variant="default" onClick={onClear}>
          Show everything
        </Button>
      </EmptyState>
    ) : (
      <EmptyState
        icon={IconMessagePlus}
        size="sm"
        title="Nothing happened yet"
        text="Log a call, an e-mail or a note above: one key each."
      />
    )
  }
  return (
    <div ref={place} className={classes.end}>
      {hasNextPage ? (
        <Loader size="xs" type="dots" aria-label="Loading more" />
      ) : (
        <Text size="xs" c="dimmed">
          Start of history
        </Text>
      )}
    </div>
  )
}
