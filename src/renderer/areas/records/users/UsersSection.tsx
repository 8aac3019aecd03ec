/** Who works in this database, and in which teams. */
import {
  Badge,
  Button,
  Group,
  Skeleton,
  Stack,
  Switch,
  Table,
  Tabs,
  Text,
  TextInput,
} from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPlus, IconSearch, IconUsers } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Condition } from '../../../../contract/kernel/conditions'
import type { User } from '../../../../contract/records/users'
import { api } from '../../../api'
import { useApp } from '../../../app/actions'
import { messageOf } from '../../../app/problems'
import { useMay, useMe } from '../../../app/session'
import { EmptyState } from '../../../ui/EmptyState'
import { ReadOnlyNote } from '../../../ui/settings/ReadOnlyNote'
import { SettingsCard, SettingsFrame } from '../../../ui/settings/SettingsFrame'
import { SettingsTable } from '../../../ui/settings/SettingsTable'
import { UserAvatar } from '../../../ui/UserAvatar'
import { roleTexts } from './roles'
import { TeamsList } from './TeamsList'
import classes from './users.module.css'

export const UsersSection = () => <People shown="users" />
export const TeamsSection = () => <People shown="teams" />

function People({ shown }: { shown: 'users' | 'teams' }) {
  const app = useApp()
  const mayAdminister = useMay('administer')
  const [creatingTeam, setCreatingTeam] = useState(false)
  return (
    <SettingsFrame
      title="Users and teams"
      text="Owners of records, and who may do what. Their names stand in the history of every change."
      actions={
        mayAdminister &&
        (shown === 'users' ? (
          <Button
            leftSection={<IconPlus size={15} />}
            renderRoot={(props) => <Link to="/settings/users/new" {...props} />}
          >
            New user
          </Button>
        ) : (
          <Button leftSection={<IconPlus size={15} />} onClick={() => setCreatingTeam(true)}>
            New team
          </Button>
        ))
      }
    >
      {!mayAdminister && <ReadOnlyNote who="Admins" />}
      <Tabs value={shown} onChange={(next) => next && app.goTo(`/settings/${next}`)}>
        <Tabs.List>
          <Tabs.Tab value="users">Users</Tabs.Tab>
          <Tabs.Tab value="teams">Teams</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="users" pt="md">
          <UserList />
        </Tabs.Panel>
        <Tabs.Panel value="teams" pt="md">
          <TeamsList creating={creatingTeam} onCreating={setCreatingTeam} />
        </Tabs.Panel>
      </Tabs>
    </SettingsFrame>
  )
}

const isActive: Condition = { all: [{ field: 'active', operator: 'equals', value: true }] }

function UserList() {
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), 150)
  const [withInactive, setWithInactive] = useState(false)
  const me = useMe()
  const pages = useInfiniteQuery({
    ...api.users.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        limit: 100,
        ...(q ? { q } : {}),
        ...(withInactive ? {} : { filter: isActive }),
        ...(cursor ? { cursor } : {}),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (last) => last.nextCursor ?? undefined,
    }),
    placeholderData: keepPreviousData,
  })
  const users = pages.data?.pages.flatMap((page) => page.items) ?? []
  const total = pages.data?.pages[0]?.total ?? 0
  return (
    <Stack gap="sm">
      <Group gap="sm" justify="space-between">
        <TextInput
          size="xs"
          type="search"
          aria-label="Search users"
          placeholder="Search users"
          leftSection={<IconSearch size={14} stroke={1.8} aria-hidden />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          flex="1 1 200px"
          maw={300}
        />
        <Group gap="md">
          <Text size="sm" c="dimmed" className="tabular" role="status">
            {pages.data && `${total.toLocaleString()} ${total === 1 ? 'user' : 'users'}`}
          </Text>
          <Switch
            size="xs"
            label="Deactivated too"
            checked={withInactive}
            onChange={(event) => setWithInactive(event.currentTarget.checked)}
          />
        </Group>
      </Group>
      <SettingsCard flush>
        {pages.isError && !pages.data ? (
          <EmptyState
            icon={IconUsers}
            title="The users cannot be shown"
            text={messageOf(pages.error)}
          >
            <Button onClick={() => pages.refetch()}>Try again</Button>
          </EmptyState>
        ) : pages.isPending ? (
          <Stack gap={10} p="md" aria-busy="true" aria-label="Loading">
            <Skeleton height={28} />
            <Skeleton height={28} />
            <Skeleton height={28} />
          </Stack>
        ) : users.length === 0 ? (
          <EmptyState
            size="sm"
            icon={IconUsers}
            title="Nobody matches"
            text="Look for another name, or show those who were deactivated."
          />
        ) : (
          <UserTable users={users} myId={me?.id} />
        )}
      </SettingsCard>
      {pages.hasNextPage && (
        <Button
          variant="default"
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
          style={{ alignSelf: 'center' }}
        >
          Show more
        </Button>
      )}
    </Stack>
  )
}

function UserTable({ users, myId }: { users: User[]; myId: string | undefined }) {
  return (
    <SettingsTable
      verticalSpacing={7}
      className={classes.table}
      head={
        <>
          <Table.Th>Name</Table.Th>
          <Table.Th>Role</Table.Th>
          <Table.Th className={classes.wide}>Team</Table.Th>
          <Table.Th className={classes.wide}>Manager</Table.Th>
          <Table.Th className={classes.number}>Open leads</Table.Th>
        </>
      }
    >
      {users.map((user) => (
        <Table.Tr key={user.id} data-inactive={!user.active || undefined}>
          <Table.Td className={classes.name}>
            <Group gap={8} wrap="nowrap">
              <Link to="/settings/users/$id" params={{ id: user.id }} className={classes.link}>
                <UserAvatar user={{ id: user.id, name: user.name }} named size={26} />
              </Link>
              {user.id === myId && <Badge size="sm">You</Badge>}
              {!user.active && (
                <Badge size="sm" color="gray">
                  Deactivated
                </Badge>
              )}
            </Group>
            {user.email && (
              <Text size="xs" c="dimmed" className={classes.detail}>
                {user.email}
              </Text>
            )}
          </Table.Td>
          <Table.Td>{roleTexts[user.role].label}</Table.Td>
          <Table.Td className={classes.wide}>{user.team?.name ?? '–'}</Table.Td>
          <Table.Td className={classes.wide}>{user.manager?.name ?? '–'}</Table.Td>
          <Table.Td className={classes.number}>{user.openLeads.toLocaleString()}</Table.Td>
        </Table.Tr>
      ))}
    </SettingsTable>
  )
}
