/** What one has been told, newest first: done, put off or opened in place. */
import { Button, Group, SegmentedControl, Select, Skeleton, Stack, Text } from '@mantine/core'
import { IconBellCheck, IconCloudOff, IconSettings } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type NotificationKind, notificationKinds } from '../../../contract/words'
import { api } from '../../api'
import { messageOf } from '../../app/problems'
import { EmptyState } from '../../ui/EmptyState'
import { byDay } from '../activities/days'
import { NotificationRow } from './NotificationRow'
import classes from './notifications.module.css'
import { kindTexts } from './words'

const pageSize = 50

export function Panel({ onLeave }: { onLeave(): void }) {
  const [which, setWhich] = useState<'all' | 'unread'>('unread')
  const [kind, setKind] = useState<NotificationKind | null>(null)
  const pages = useInfiniteQuery(
    api.notifications.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        unread: which === 'unread',
        ...(kind && { kind: [kind] }),
        limit: pageSize,
        cursor,
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      placeholderData: (before) => before,
    }),
  )
  const readAll = useMutation(api.notifications.readAll.mutationOptions())
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  const unread = pages.data?.pages[0]?.unread ?? 0
  return (
    <Stack gap="sm">
      <Group justify="space-between" wrap="nowrap">
        <SegmentedControl
          size="xs"
          aria-label="Which notifications"
          value={which}
          onChange={setWhich}
          data={[
            { value: 'unread', label: 'Unread' },
            { value: 'all', label: 'All' },
          ]}
        />
        <Select
          size="xs"
          clearable
          placeholder="Every kind"
          aria-label="Kind of notification"
          value={kind}
          onChange={setKind}
          data={notificationKinds.map((value) => ({ value, label: kindTexts[value].label }))}
        />
      </Group>
      <Group justify="space-between">
        <Button
          variant="subtle"
          size="compact-sm"
          disabled={unread === 0}
          loading={readAll.isPending}
          leftSection={<IconBellCheck size={15} />}
          onClick={() => readAll.mutate({})}
        >
          Mark all as read
        </Button>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconSettings size={15} />}
          renderRoot={(props) => <Link to="/settings/notifications" onClick={onLeave} {...props} />}
        >
          What comes how
        </Button>
      </Group>
      {pages.isPending && <Skeleton height={180} radius="lg" />}
      {pages.isError && (
        <EmptyState
          icon={IconCloudOff}
          title="Notifications cannot be shown"
          text={messageOf(pages.error)}
        />
      )}
      {pages.isSuccess && items.length === 0 && (
        <EmptyState
          icon={IconBellCheck}
          size="sm"
          title={which === 'unread' ? 'All read' : 'Nothing yet'}
          text="What comes due, and what others do that concerns you, is told here."
        />
      )}
      {byDay(items, new Date()).map((day) => (
        <section key={day.date} aria-label={day.heading}>
          <Text className={classes.day} component="h3">
            {day.heading}
          </Text>
          <ul className={classes.list}>
            {day.items.map((item) => (
              <li key={item.id}>
                <NotificationRow notification={item} onLeave={onLeave} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {pages.hasNextPage && (
        <Button
          variant="default"
          loading={pages.isFetchingNextPage}
          onClick={() => pages.fetchNextPage()}
        >
          Earlier ones
        </Button>
      )}
    </Stack>
  )
}
