/** What the desktop program does on this machine: staying in the tray, starting with the computer. */
import { Skeleton, Stack, Switch, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { DesktopBridge, DesktopSettings } from '../../../../contract/desktop'
import { SettingsCard } from '../../../ui/settings/SettingsFrame'

type Choice = Exclude<keyof DesktopSettings, 'hasTray'>

const choices: { name: Choice; label: string; description: string }[] = [
  {
    name: 'staysInTray',
    label: 'Stay in the tray',
    description: 'Closing the window leaves Rapport running, so that reminders come.',
  },
  {
    name: 'startsAtLogin',
    label: 'Start with the computer',
    description: 'Without a window: it waits in the tray.',
  },
  {
    name: 'checksForUpdates',
    label: 'Look for updates at each start',
    description: 'An installed Rapport asks where its releases are published.',
  },
]
const key = ['desktop', 'settings']

export function DesktopCard({ bridge }: { bridge: DesktopBridge }) {
  const cache = useQueryClient()
  // Also the tray changes them, which tells nobody: they are asked each time the card is opened.
  const stored = useQuery({ queryKey: key, queryFn: () => bridge.settings(), staleTime: 0 })
  const change = useMutation({
    mutationFn: (changes: Partial<Record<Choice, boolean>>) => bridge.settings(changes),
    meta: { showsProblem: true },
    onSuccess: (now) => cache.setQueryData(key, now),
    onError: () => cache.invalidateQueries({ queryKey: key }),
  })
  const { data } = stored
  return (
    <SettingsCard title="On this computer" text="Kept on this machine, for whoever uses it here.">
      {data ? (
        <Stack gap="md">
          {choices.map(({ name, label, description }) => (
            <Switch
              key={name}
              label={label}
              description={description}
              checked={change.isPending ? (change.variables[name] ?? data[name]) : data[name]}
              disabled={change.isPending || (name === 'staysInTray' && !data.hasTray)}
              onChange={(event) => change.mutate({ [name]: event.currentTarget.checked })}
            />
          ))}
          {!data.hasTray && (
            <Text size="sm" c="dimmed">
              This desktop has no tray, so closing the window ends Rapport, and reminders come only
              while it is open. On GNOME the extension AppIndicator adds one.
            </Text>
          )}
        </Stack>
      ) : stored.isError ? (
        <Text size="sm" role="alert">
          What is set on this computer could not be read.
        </Text>
      ) : (
        <Skeleton h={132} />
      )}
    </SettingsCard>
  )
}
