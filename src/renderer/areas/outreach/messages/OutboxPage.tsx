/** The outbox: drafts to approve, what waits, what was sent, and what needs a decision. */
import { Button, Group, Tabs, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconChecks, IconHandStop, IconSend } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { useRouterState } from '@tanstack/react-router'
import { useState } from 'react'
import type { EmailState } from '../../../../contract/kernel/words'
import type { EmailMessage } from '../../../../contract/outreach/messages'
import { api } from '../../../api'
import { useMay } from '../../../app/session'
import { EmptyState } from '../../../ui/EmptyState'
import { paging } from '../../../ui/list/definition'
import { PagesState } from '../../../ui/PagesState'
import { PageTitle } from '../../../ui/PageTitle'
import { ShowMore } from '../../../ui/ShowMore'
import { EditEmail } from './EditEmail'
import { HeldBanner } from './HeldBanner'
import classes from './mail.module.css'
import { OutboxRow } from './OutboxRow'
import { statesToDecide } from './problems'
import { RescheduleEmail } from './RescheduleEmail'
import { StopBanner } from './StopBanner'

const tabs = [
  {
    value: 'approve',
    label: 'To approve',
    states: ['drafted'],
    empty: 'Nothing waits for approval',
  },
  {
    value: 'waiting',
    label: 'Waiting',
    states: ['approved', 'sending'],
    empty: 'Nothing is on its way',
  },
  {
    value: 'decide',
    label: 'To decide',
    states: statesToDecide,
    empty: 'Everything went out well',
  },
  { value: 'sent', label: 'Sent', states: ['sent'], empty: 'Nothing was sent yet' },
  { value: 'cancelled', label: 'Cancelled', states: ['cancelled'], empty: 'Nothing was cancelled' },
] as const satisfies readonly {
  value: string
  label: string
  states: EmailState[]
  empty: string
}[]
type TabName = (typeof tabs)[number]['value']

export default function OutboxPage() {
  const mayWrite = useMay('write')
  const asked = useRouterState({ select: ({ location }) => /[?&]tab=decide\b/.test(location.href) })
  const [name, setName] = useState<TabName>(asked ? 'decide' : 'approve')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [editing, setEditing] = useState<EmailMessage | null>(null)
  const [rescheduling, setRescheduling] = useState<EmailMessage | null>(null)
  const tab = tabs.find(({ value }) => value === name) ?? tabs[0]
  const status = useQuery(api.outbox.status.queryOptions())
  const pages = useInfiniteQuery(
    api.outbox.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ state: [...tab.states], limit: 50, cursor }),
      ...paging,
      placeholderData: keepPreviousData,
    }),
  )
  const stop = useMutation(api.outbox.stop.mutationOptions())
  const approve = useMutation({
    ...api.outbox.approveMany.mutationOptions(),
    onSuccess: ({ changed, skipped }) => {
      setChosen(new Set())
      if (skipped > 0)
        notifications.show({
          message: `${changed} approved. ${skipped} stay here: each says why it may not go out.`,
        })
    },
  })
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  const approvable = items.filter(
    ({ state, problems }) => state === 'drafted' && problems.length === 0,
  )
  const toggle = (id: string) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    setChosen(next)
  }
  return (
    <section className={classes.page} aria-label="Outbox">
      <header className={classes.heading}>
        <div>
          <PageTitle title="Outbox" />
          <Text size="sm" c="dimmed">
            What was approved goes out by itself, within the limits of its account. What was sent
            cannot be called back.
          </Text>
        </div>
        <Group gap={8}>
          {name === 'approve' && mayWrite && approvable.length > 0 && (
            <Button
              leftSection={<IconChecks size={15} />}
              loading={approve.isPending}
              onClick={() =>
                approve.mutate({
                  ids: chosen.size > 0 ? [...chosen] : approvable.map(({ id }) => id),
                })
              }
            >
              {chosen.size > 0 ? `Approve ${chosen.size}` : `Approve all ${approvable.length}`}
            </Button>
          )}
          {mayWrite && status.data && !status.data.stopped && (
            <Button
              variant="default"
              c="red"
              leftSection={<IconHandStop size={15} />}
              loading={stop.isPending}
              onClick={() => stop.mutate({})}
            >
              Stop all e-mail
            </Button>
          )}
        </Group>
      </header>
      <div className={classes.banner}>
        <StopBanner />
        <HeldBanner />
      </div>
      <Tabs
        value={name}
        onChange={(value) => {
          setName((value ?? 'approve') as TabName)
          setChosen(new Set())
        }}
      >
        <Tabs.List className={classes.tabs}>
          {tabs.map(({ value, label, states }) => {
            const count = states.reduce((sum, state) => sum + (status.data?.counts[state] ?? 0), 0)
            return (
              <Tabs.Tab key={value} value={value}>
                {label} {count > 0 && count.toLocaleString()}
              </Tabs.Tab>
            )
          })}
        </Tabs.List>
      </Tabs>
      <div className={classes.scroll}>
        <PagesState pages={pages} failed="The outbox cannot be shown" height={56} />
        {pages.isSuccess && items.length === 0 && <EmptyState icon={IconSend} title={tab.empty} />}
        <ul className={classes.list}>
          {items.map((message) => (
            <OutboxRow
              key={message.id}
              message={message}
              checked={chosen.has(message.id)}
              onToggle={mayWrite ? () => toggle(message.id) : undefined}
              onEdit={() => setEditing(message)}
              onReschedule={() => setRescheduling(message)}
            />
          ))}
        </ul>
        <ShowMore pages={pages} />
      </div>
      {editing && <EditEmail message={editing} onClose={() => setEditing(null)} />}
      {rescheduling && (
        <RescheduleEmail message={rescheduling} onClose={() => setRescheduling(null)} />
      )}
    </section>
  )
}
