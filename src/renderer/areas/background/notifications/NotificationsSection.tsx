/** Who is notified of what, by which way, and when not: each user's own. */
import { Alert, Checkbox, Stack, Table, Text } from '@mantine/core'
import { IconMoon } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type {
  NotificationSettings,
  NotificationSettingsUpdate,
} from '../../../../contract/background/notifications'
import { notificationChannels } from '../../../../contract/background/words'
import { api } from '../../../api'
import { messageOf } from '../../../app/problems'
import { LoadState } from '../../../ui/LoadState'
import { SettingsCard, SettingsFrame } from '../../../ui/settings/SettingsFrame'
import type { ChangeSettings } from './changeSettings'
import { Deliveries } from './Deliveries'
import { channelLabels, kindGroups, kindTexts } from './kinds'
import { QuietHours } from './QuietHours'
import classes from './settings.module.css'
import { Ways } from './Ways'

export function NotificationsSection() {
  const settings = useQuery(api.notifications.settings.get.queryOptions())
  return (
    <SettingsFrame
      title="Notifications"
      text="What Rapport tells you, and how. Yours alone: nobody else is told more or less."
    >
      <LoadState query={settings} what="what you are told of">
        {(stored) => <Settings stored={stored} />}
      </LoadState>
      <Deliveries />
    </SettingsFrame>
  )
}

function Settings({ stored }: { stored: NotificationSettings }) {
  const cache = useQueryClient()
  const queryKey = api.notifications.settings.get.queryKey()
  const save = useMutation({
    ...api.notifications.settings.update.mutationOptions(),
    meta: { showsProblem: true },
    onMutate: async (change) => {
      await cache.cancelQueries({ queryKey })
      cache.setQueryData(queryKey, (before) => before && merged(before, change))
    },
    onSuccess: (saved) => cache.setQueryData(queryKey, saved),
    onError: () => cache.invalidateQueries({ queryKey }),
  })
  const change: ChangeSettings = (part) => save.mutate(part)
  return (
    <Stack gap={18}>
      {save.isError && (
        <Alert color="red" title="Not saved">
          {messageOf(save.error)}
        </Alert>
      )}
      <Ways emailAs={stored.emailAs} onChange={change} />
      <SettingsCard
        flush
        title="What you are told of"
        text="The bell in Rapport has everything; choose what else reaches you."
      >
        <Matrix channels={stored.channels} onChange={change} />
      </SettingsCard>
      <QuietHours stored={stored.quietHours} onChange={change} />
    </Stack>
  )
}

function merged(
  before: NotificationSettings,
  { channels, quietHours, emailAs }: NotificationSettingsUpdate,
): NotificationSettings {
  const next = { ...before.channels }
  for (const { kinds } of kindGroups) {
    for (const kind of kinds) next[kind] = { ...next[kind], ...channels?.[kind] }
  }
  return {
    channels: next,
    quietHours: quietHours ?? before.quietHours,
    emailAs: emailAs ?? before.emailAs,
  }
}

interface MatrixProps {
  channels: NotificationSettings['channels']
  onChange: ChangeSettings
}

function Matrix({ channels, onChange }: MatrixProps) {
  return (
    <div className={classes.scroll}>
      <Table
        borderColor="var(--line)"
        verticalSpacing={7}
        horizontalSpacing={18}
        className={classes.matrix}
      >
        <Table.Thead>
          <Table.Tr>
            <Table.Th>
              <span className={classes.hidden}>What</span>
            </Table.Th>
            {notificationChannels.map((channel) => (
              <Table.Th key={channel} className={classes.channel}>
                {channelLabels[channel]}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        {kindGroups.map((group) => (
          <Table.Tbody key={group.label}>
            <Table.Tr className={classes.group}>
              <Table.Th colSpan={notificationChannels.length + 1} scope="rowgroup">
                {group.label}
              </Table.Th>
            </Table.Tr>
            {group.kinds.map((kind) => {
              const { label, icon: Icon } = kindTexts[kind]
              return (
                <Table.Tr key={kind}>
                  <Table.Th scope="row" className={classes.kind}>
                    <Icon size={16} stroke={1.6} aria-hidden />
                    {label}
                  </Table.Th>
                  {notificationChannels.map((channel) => (
                    <Table.Td key={channel} className={classes.channel}>
                      <Checkbox
                        aria-label={`${label}: ${channelLabels[channel]}`}
                        checked={channel === 'in_app' || channels[kind]?.[channel] === true}
                        disabled={channel === 'in_app'}
                        onChange={(event) =>
                          onChange({
                            channels: { [kind]: { [channel]: event.currentTarget.checked } },
                          })
                        }
                      />
                    </Table.Td>
                  ))}
                </Table.Tr>
              )
            })}
          </Table.Tbody>
        ))}
      </Table>
      <Text size="xs" c="dimmed" px={18} py={10}>
        <IconMoon size={12} aria-hidden /> Quiet hours hold popups and e-mail back; the bell never
        sleeps.
      </Text>
    </div>
  )
}
