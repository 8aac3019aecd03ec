/** Saved views of a list as tabs: choose, save, rename, share, delete. */
import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  Menu,
  Modal,
  Stack,
  TextInput,
  Tooltip,
} from '@mantine/core'
import {
  IconBookmarkPlus,
  IconChevronDown,
  IconDeviceFloppy,
  IconPencil,
  IconTrash,
  IconUsers,
} from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { SavedView } from '../../../contract/workspace/settings'
import { api } from '../../api'
import { editFrom } from '../../app/clashes/edit'
import { fieldErrors, messageOf } from '../../app/problems'
import { useMe } from '../../app/session'
import { differs, type ListStateStore, viewStateOf } from './state'
import classes from './Views.module.css'

interface Draft {
  id?: string
  name: string
  shared: boolean
}

export function Views({ list, store }: { list: string; store: ListStateStore }) {
  const { state, replace } = store
  const views = useQuery(api.settings.views.list.queryOptions({ input: { list } })).data ?? []
  const update = useMutation(api.settings.views.update.mutationOptions())
  const remove = useMutation(api.settings.views.remove.mutationOptions())
  const [draft, setDraft] = useState<Draft | null>(null)
  const me = useMe()
  const current = views.find((view) => view.id === state.view)
  const changed = current ? differs(state, current.state) : differs(state, {})
  /** The view as it was before anything was changed here. */
  const seen = useRef(current?.state)
  useEffect(() => {
    if (!changed) seen.current = current?.state
  }, [changed, current])
  const own = (view: SavedView) =>
    view.owner === null || view.owner.id === me?.id || me?.role === 'admin'
  return (
    <div className={classes.tabs}>
      <div className={classes.scroll} role="tablist" aria-label="Views">
        <Tab selected={!current} onSelect={() => replace({})}>
          All
        </Tab>
        {views.map((view) => (
          <Tab
            key={view.id}
            selected={view.id === current?.id}
            onSelect={() => replace({ ...view.state, view: view.id })}
          >
            {view.name}
            {view.shared && <IconUsers size={13} stroke={1.8} aria-label="shared" />}
          </Tab>
        ))}
      </div>
      {current && own(current) && (
        <Menu>
          <Menu.Target>
            <ActionIcon size="sm" aria-label={`Options of ${current.name}`}>
              <IconChevronDown size={14} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => setDraft(current)}>
              Rename
            </Menu.Item>
            <Menu.Item
              leftSection={<IconUsers size={15} />}
              onClick={() => update.mutate({ id: current.id, shared: !current.shared })}
            >
              {current.shared ? 'Keep to myself' : 'Share with everybody'}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconTrash size={15} />}
              onClick={() => remove.mutate({ id: current.id }, { onSuccess: () => replace({}) })}
            >
              Delete
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      {changed && (
        <Group gap={4} wrap="nowrap" className={classes.save}>
          {current && own(current) && (
            <Button
              variant="subtle"
              leftSection={<IconDeviceFloppy size={15} />}
              loading={update.isPending}
              onClick={() =>
                update.mutate({
                  id: current.id,
                  state: viewStateOf(state),
                  basedOn: { state: seen.current ?? current.state },
                })
              }
            >
              Save view
            </Button>
          )}
          <Tooltip label="Save what you see as a view">
            <Button
              variant="subtle"
              color="gray"
              leftSection={<IconBookmarkPlus size={15} />}
              onClick={() => setDraft({ name: '', shared: false })}
            >
              Save as
            </Button>
          </Tooltip>
        </Group>
      )}
      {draft && (
        <ViewDialog draft={draft} list={list} store={store} onClose={() => setDraft(null)} />
      )}
    </div>
  )
}

interface TabProps {
  selected: boolean
  onSelect(): void
  children: React.ReactNode
}

function Tab({ selected, onSelect, children }: TabProps) {
  return (
    <button
      type="button"
      role="tab"
      aria-selected={selected}
      className={classes.tab}
      onClick={onSelect}
    >
      {children}
    </button>
  )
}

interface ViewDialogProps {
  draft: Draft
  list: string
  store: ListStateStore
  onClose(): void
}

function ViewDialog({ draft, list, store, onClose }: ViewDialogProps) {
  const { state, replace } = store
  const [name, setName] = useState(draft.name)
  const [shared, setShared] = useState(draft.shared)
  const meta = { showsProblem: true }
  const create = useMutation(api.settings.views.create.mutationOptions({ meta }))
  const update = useMutation(api.settings.views.update.mutationOptions({ meta }))
  const error = create.error ?? update.error
  const save = () => {
    if (draft.id) {
      update.mutate({ id: draft.id, ...editFrom(draft, { name, shared }) }, { onSuccess: onClose })
      return
    }
    create.mutate(
      { list, name, shared, state: viewStateOf(state) },
      {
        onSuccess: (view) => {
          replace({ ...view.state, view: view.id })
          onClose()
        },
      },
    )
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={draft.id ? 'Rename the view' : 'Save as a view'}
      size="sm"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <Stack>
          <TextInput
            label="Name"
            data-autofocus
            required
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={error ? (fieldErrors(error, ['name']).name ?? messageOf(error)) : undefined}
          />
          <Checkbox
            label="Everybody sees it"
            checked={shared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending || update.isPending}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
