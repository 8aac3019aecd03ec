/** What is planned, or overdue: soonest first, each with its button to complete it. */
import { Button, Group, Loader, SegmentedControl, Text } from '@mantine/core'
import { IconMoodSmile } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../api'
import { useMay, useMe } from '../../../app/session'
import { EmptyState } from '../../../ui/EmptyState'
import { paging } from '../../../ui/list/definition'
import { PagesState } from '../../../ui/PagesState'
import classes from './Activities.module.css'
import { byDay } from './days'
import { dueOf } from './due'
import { TimelineItem } from './TimelineItem'
import { useWords } from './words'

const pageSize = 60

export function OpenActivities({ which }: { which: 'pending' | 'overdue' }) {
  const me = useMe()
  const words = useWords()
  const mayWrite = useMay('write')
  const [mine, setMine] = useState(true)
  const pages = useInfiniteQuery(
    api.activities[which].infiniteOptions({
      input: (cursor: string | undefined) => ({
        ...(mine && me ? { userId: me.id } : {}),
        limit: pageSize,
        cursor,
      }),
      ...paging,
    }),
  )
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  const total = pages.data?.pages[0]?.total
  const days = byDay(
    items.map((activity) => ({
      ...activity,
      at: activity.dueAt ?? activity.scheduledAt ?? activity.at,
      day: dueOf(activity) === activity.day ? activity.day : null,
    })),
    new Date(),
  )
  return (
    <div className={classes.scroll}>
      <div className={classes.column}>
        <Group justify="space-between">
          <Text size="sm" c="dimmed" className="tabular" role="status">
            {total !== undefined &&
              `${total.toLocaleString()} ${which === 'overdue' ? 'overdue' : 'planned'}`}
          </Text>
          <SegmentedControl
            aria-label="Whose"
            value={mine ? 'mine' : 'all'}
            onChange={(value) => setMine(value === 'mine')}
            data={[
              { value: 'mine', label: 'Mine' },
              { value: 'all', label: 'Everybody’s' },
            ]}
          />
        </Group>
        <PagesState pages={pages} failed="This cannot be shown" height={70} />
        {total === 0 && (
          <EmptyState
            icon={IconMoodSmile}
            title={which === 'overdue' ? 'Nothing is overdue' : 'Nothing is planned'}
            text={
              which === 'overdue'
                ? 'Everything planned is still ahead, or done.'
                : 'Plan the next step on a lead’s page: press t, c, e or m and choose Schedule.'
            }
          />
        )}
        {days.map(({ date, heading, items: ofDay }) => (
          <section key={date}>
            <h2 className={classes.heading}>{heading}</h2>
            {ofDay.map((activity) => (
              <TimelineItem
                key={activity.id}
                activity={activity}
                words={words}
                mayWrite={mayWrite}
              />
            ))}
          </section>
        ))}
        {pages.hasNextPage && (
          <div className={classes.center}>
            <Button
              variant="default"
              disabled={pages.isFetchingNextPage}
              onClick={() => void pages.fetchNextPage()}
            >
              {pages.isFetchingNextPage ? <Loader size="xs" type="dots" /> : 'Show more'}
            </Button>
          </div>
        )}
      </div>
    </div>
  )
}
