/** What comes how: each kind by each way, quiet hours, e-mail, and what could not be delivered. */
import {
  Alert,
  Button,
  Checkbox,
  Chip,
  Group,
  SegmentedControl,
  Stack,
  Switch,
  Text,
  TextInput,
} from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { NotificationSettings } from '../../../contract/notifications'
import {
  type NotificationChannel,
  notificationChannels,
  notificationKinds,
} from '../../../contract/words'
import { api, door } from '../../api'
import { messageOf } from '../../app/problems'
import { LoadState } from '../settings/LoadState'
import { SettingsCard, SettingsFrame } from '../settings/SettingsFrame'
import classes from './notifications.module.css'
import { Undelivered } from './Undelivered'
import { browserNoticesAreGranted } from './useBrowserNotices'
import { channelLabels, kindTexts } from './words'

export function NotificationsSection() {
  const settings = useQuery(api.notifications.settings.get.queryOptions())
  return (
    <SettingsFrame
      title="Notifications"
      text="Everything stands under the bell. What else it does to reach you is up to you."
    >
      <LoadState query={settings} what="what comes how">
        {(found) => (
          <>
            <Matrix settings={found} />
            <Quiet settings={found} />
            <ByEmail settings={found} />
          </>
        )}
      </LoadState>
      <Undelivered />
    </SettingsFrame>
  )
}

function useChange() {
  const cache = useQueryClient()
  return useMutation(
    api.notifications.settings.update.mutationOptions({
      meta: { showsProblem: true },
      onSuccess: (settings) =>
        cache.setQueryData(api.notifications.settings.get.queryKey(), settings),
    }),
  )
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
/** The ways there are through this door: a browser has no popups of the desktop, nor the other way round. */
const channels = notificationChannels.filter(
  (channel) => channel !== (door === 'desktop' ? 'browser' : 'native'),
)

function Matrix({ settings }: { settings: NotificationSettings }) {
  const change = useChange()
  const [granted, setGranted] = useState(browserNoticesAreGranted)
  return (
    <SettingsCard title="What comes how">
      <Stack gap="md">
        {door === 'web' && !granted && (
          <AskPermission onGranted={() => setGranted(browserNoticesAreGranted())} />
        )}
        <div className={classes.scroll}>
          <table className={classes.matrix}>
            <thead>
              <tr>
                <th scope="col">
                  <span className="visually-hidden">Kind</span>
                </th>
                {channels.map((channel) => (
                  <th key={channel} scope="col">
                    {channelLabels[channel]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {notificationKinds.map((kind) => (
                <tr key={kind}>
                  <th scope="row">{kindTexts[kind].label}</th>
                  {channels.map((channel) => (
                    <td key={channel}>
                      <Checkbox
                        aria-label={`${kindTexts[kind].label}: ${channelLabels[channel]}`}
                        checked={settings.channels[kind][channel] ?? false}
                        onChange={(event) =>
                          change.mutate({
                            channels: { [kind]: { [channel]: event.currentTarget.checked } },
                          })
                        }
                      />
                    </td>
                  ))}
                </tr>
              ))}
              <tr>
                <th scope="row">Try it</th>
                {channels.map((channel) => (
                  <td key={channel}>
                    <TryIt channel={channel} />
                  </td>
                ))}
              </tr>
            </tbody>
          </table>
        </div>
        {change.error && (
          <Text size="sm" c="red" role="alert">
            {messageOf(change.error)}
          </Text>
        )}
      </Stack>
    </SettingsCard>
  )
}

/** A browser may be asked only when its user presses something. */
function AskPermission({ onGranted }: { onGranted(): void }) {
  const supported = 'Notification' in window
  const denied = supported && Notification.permission === 'denied'
  const text = !supported
    ? 'This browser has no notifications.'
    : denied
      ? 'This browser was told not to show notifications of Rapport. Its own settings for this page change that.'
      : 'This browser has not been asked yet whether it may show notifications of Rapport.'
  return (
    <Alert icon={<IconInfoCircle size={18} />} variant="light">
      <Group justify="space-between" gap="sm">
        <Text size="sm">{text}</Text>
        {supported && !denied && (
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => void Notification.requestPermission().then(onGranted)}
          >
            Allow notifications
          </Button>
        )}
      </Group>
    </Alert>
  )
}

function TryIt({ channel }: { channel: NotificationChannel }) {
  const test = useMutation(
    api.notifications.settings.test.mutationOptions({ meta: { showsProblem: true } }),
  )
  const said = test.data?.message ?? (test.error ? messageOf(test.error) : undefined)
  return (
    <Stack gap={4} align="center">
      <Button
        variant="default"
        size="compact-xs"
        aria-label={`Try ${channelLabels[channel]}`}
        loading={test.isPending}
        onClick={() => test.mutate({ channel })}
      >
        Try
      </Button>
      {said && (
        <Text size="xs" c={test.data?.ok ? 'dimmed' : 'red'} maw={150} role="status">
          {said}
        </Text>
      )}
    </Stack>
  )
}

function Quiet({ settings: { quietHours } }: { settings: NotificationSettings }) {
  const change = useChange()
  const set = (patch: Partial<NotificationSettings['quietHours']>) =>
    change.mutate({ quietHours: { ...quietHours, ...patch } })
  return (
    <SettingsCard
      title="Quiet hours"
      text="What comes meanwhile waits under the bell and is told when they are over."
    >
      <Stack gap="sm">
        <Switch
          label="Be quiet at certain hours"
          checked={quietHours.on}
          onChange={(event) => set({ on: event.currentTarget.checked })}
        />
        {quietHours.on && (
          <>
            <Group>
              <TextInput
                type="time"
                label="From"
                value={quietHours.from}
                onChange={(event) =>
                  event.currentTarget.value && set({ from: event.currentTarget.value })
                }
              />
              <TextInput
                type="time"
                label="To"
                value={quietHours.to}
                onChange={(event) =>
                  event.currentTarget.value && set({ to: event.currentTarget.value })
                }
              />
            </Group>
            <Text size="sm">And all day on</Text>
            <Chip.Group
              multiple
              value={quietHours.days.map(String)}
              onChange={(days) => set({ days: days.map(Number).sort() })}
            >
              <Group gap={6} role="group" aria-label="Days that are quiet all day">
                {weekdays.map((name, index) => (
                  <Chip key={name} size="xs" value={String(index + 1)}>
                    {name}
                  </Chip>
                ))}
              </Group>
            </Chip.Group>
          </>
        )}
      </Stack>
    </SettingsCard>
  )
}

function ByEmail({ settings: { emailAs } }: { settings: NotificationSettings }) {
  const change = useChange()
  return (
    <SettingsCard title="By e-mail" text="Through the account that is set up for sending.">
      <SegmentedControl
        aria-label="How often e-mail comes"
        value={emailAs}
        onChange={(value) => change.mutate({ emailAs: value })}
        data={[
          { value: 'single', label: 'Each at once' },
          { value: 'hourly', label: 'Gathered each hour' },
          { value: 'daily', label: 'Gathered each day' },
        ]}
      />
    </SettingsCard>
  )
}
