/** What was deleted, by kind: bring it back, or delete it for good. */
import { ActionBar, Button, Checkbox, Tabs, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { modals } from '@mantine/modals'
import { notifications } from '@mantine/notifications'
import { IconArrowBackUp, IconSearch, IconTrash, IconTrashX } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type * as z from 'zod'
import type { TrashItem as TrashItemShape } from '../../../../contract/history/trash'
import { type TrashKind, trashKinds } from '../../../../contract/kernel/words'
import { api } from '../../../api'
import { kinds } from '../../../app/records'
import { useMay, useWorkspace } from '../../../app/session'
import { DateText } from '../../../ui/DateText'
import { EmptyState } from '../../../ui/EmptyState'
import { paging } from '../../../ui/list/definition'
import { PagesState } from '../../../ui/PagesState'
import { PageTitle } from '../../../ui/PageTitle'
import { ShowMore } from '../../../ui/ShowMore'
import { showCopies } from '../backups/copies'
import classes from './Trash.module.css'

type TrashItem = z.infer<typeof TrashItemShape>
const pageSize = 60

export default function TrashPage() {
  const [kind, setKind] = useState<TrashKind | 'all'>('all')
  const [text, setText] = useState('')
  const [q] = useDebouncedValue(text.trim(), 150)
  const [chosen, setChosen] = useState<ReadonlyMap<string, TrashItem>>(new Map())
  const mayWrite = useMay('write')
  const mayPurge = useMay('administer')
  const days = useWorkspace()?.trashDays
  const pages = useInfiniteQuery(
    api.trash.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        ...(kind === 'all' ? {} : { kind }),
        ...(q ? { q } : {}),
        limit: pageSize,
        cursor,
      }),
      ...paging,
      placeholderData: keepPreviousData,
    }),
  )
  const clear = { onSuccess: () => setChosen(new Map()) }
  const restore = useMutation(api.trash.restore.mutationOptions(clear))
  const purge = useMutation(
    api.trash.purge.mutationOptions({
      onSuccess: (result) => {
        setChosen(new Map())
        // The one write that no undo toast can follow.
        notifications.show({ message: `${result.changed.toLocaleString()} deleted for good` })
        showCopies(result, { mayRemove: mayPurge })
      },
    }),
  )
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  const total = pages.data?.pages[0]?.total
  const targets = [...chosen.values()].map(({ kind: ofKind, id }) => ({ kind: ofKind, id }))
  const toggle = (item: TrashItem) => {
    const next = new Map(chosen)
    if (!next.delete(item.id)) next.set(item.id, item)
    setChosen(next)
  }
  const askPurge = () =>
    modals.openConfirmModal({
      title: `Delete ${chosen.size.toLocaleString()} for good?`,
      children: (
        <Text size="sm">
          This cannot be undone. What belongs to them goes too; activities stay on the timelines of
          other records. Addresses and numbers of contacts are erased everywhere, their names in
          what is linked to them, also in the history.
        </Text>
      ),
      labels: { confirm: 'Delete for good', cancel: 'Keep them' },
      confirmProps: { color: 'red.9' },
      onConfirm: () => purge.mutate({ items: targets }),
    })
  return (
    <section className={classes.page} aria-label="Trash">
      <header className={classes.heading}>
        <div>
          <PageTitle title="Trash" />
          <Text size="sm" c="dimmed">
            {days !== undefined &&
              `Deleted records stay here for ${days} days, then they are gone for good.`}
          </Text>
        </div>
        <TextInput
          size="xs"
          type="search"
          aria-label="Search in the trash"
          placeholder="Search in the trash"
          leftSection={<IconSearch size={14} aria-hidden />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </header>
      <Tabs
        value={kind}
        onChange={(value) => {
          setKind((value ?? 'all') as TrashKind | 'all')
          setChosen(new Map())
        }}
      >
        <Tabs.List className={classes.tabs}>
          <Tabs.Tab value="all">All</Tabs.Tab>
          {trashKinds.map((value) => (
            <Tabs.Tab key={value} value={value} tt="capitalize">
              {kinds[value].many}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
      <div className={classes.scroll}>
        <PagesState pages={pages} failed="The trash cannot be shown" height={40} />
        {total === 0 && (
          <EmptyState
            icon={IconTrash}
            title={q || kind !== 'all' ? 'Nothing of that in the trash' : 'The trash is empty'}
            text={q || kind !== 'all' ? undefined : 'What you delete lands here first.'}
          />
        )}
        <ul className={classes.list}>
          {items.map((item) => (
            <Row
              key={`${item.kind} ${item.id}`}
              item={item}
              checked={chosen.has(item.id)}
              onToggle={() => toggle(item)}
              onRestore={
                mayWrite
                  ? () => restore.mutate({ items: [{ kind: item.kind, id: item.id }] })
                  : undefined
              }
            />
          ))}
        </ul>
        <ShowMore pages={pages} />
      </div>
      <ActionBar
        opened={chosen.size > 0}
        onClose={() => setChosen(new Map())}
        aria-label="With the chosen records"
      >
        <Text size="sm" fw={600} className="tabular">
          {chosen.size.toLocaleString()} chosen
        </Text>
        <ActionBar.Divider />
        {mayWrite && (
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={15} />}
            loading={restore.isPending}
            onClick={() => restore.mutate({ items: targets })}
          >
            Restore
          </Button>
        )}
        {mayPurge && (
          <Button
            variant="light"
            color="red"
            leftSection={<IconTrashX size={15} />}
            loading={purge.isPending}
            onClick={askPurge}
          >
            Delete for good
          </Button>
        )}
        <ActionBar.CloseButton aria-label="Clear selection" />
      </ActionBar>
    </section>
  )
}

interface RowProps {
  item: TrashItem
  checked: boolean
  onToggle(): void
  onRestore: (() => void) | undefined
}

function Row({ item, checked, onToggle, onRestore }: RowProps) {
  const { icon: Icon, one } = kinds[item.kind]
  return (
    <li className={classes.row}>
      <Checkbox aria-label={`Choose ${item.name}`} checked={checked} onChange={onToggle} />
      <Icon size={17} stroke={1.6} aria-hidden className={classes.icon} />
      <div className={classes.text}>
        <Text size="sm" fw={550} truncate>
          {item.name}
        </Text>
        <Text size="xs" c="dimmed" component="div">
          {one} · deleted <DateText value={item.deletedAt} />
          {item.deletedBy && ` by ${item.deletedBy.name}`} · gone for good{' '}
          <DateText value={item.purgeAt} />
        </Text>
      </div>
      {onRestore && (
        <Button
          variant="subtle"
          flex="none"
          leftSection={<IconArrowBackUp size={15} />}
          onClick={onRestore}
        >
          Restore
        </Button>
      )}
    </li>
  )
}
