/** The ways a notification reaches somebody: whether each is there, and a test for it. */
import { Anchor, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { type Icon, IconBell, IconBrowser, IconDeviceDesktop, IconMail } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { NotificationSettings } from '../../../../contract/background/notifications'
import type { NotificationChannel } from '../../../../contract/background/words'
import { api } from '../../../api'
import { messageOf } from '../../../app/problems'
import { useMe } from '../../../app/session'
import { door } from '../../../door'
import { SettingsCard } from '../../../ui/settings/SettingsFrame'
import { askBrowserPermission, expectTest, useBrowserPermission } from './browserPopups'
import type { ChangeSettings } from './changeSettings'
import { channelLabels } from './kinds'
import classes from './settings.module.css'

export interface WaysProps {
  emailAs: NotificationSettings['emailAs']
  onChange: ChangeSettings
}

export function Ways({ emailAs, onChange }: WaysProps) {
  return (
    <SettingsCard flush title="Ways to reach you">
      <div>
        <Way
          channel="in_app"
          icon={IconBell}
          text="The bell on top, and a note at the edge of the screen for what just came due."
        />
        <Way
          channel="native"
          icon={IconDeviceDesktop}
          text="Beside everything else your system tells you, with the window closed too."
          missing={
            door === 'web'
              ? 'Only the desktop program has them. Here the browser shows notifications instead.'
              : undefined
          }
        />
        <BrowserWay />
        <EmailWay emailAs={emailAs} onChange={onChange} />
      </div>
    </SettingsCard>
  )
}

function EmailWay({ emailAs, onChange }: WaysProps) {
  const me = useMe()
  const accounts = useQuery(api.mail.accounts.list.queryOptions()).data
  const canSend = accounts?.some(({ active, user }) => active && user === null)
  const missing =
    me && !me.email ? (
      <>
        You have no e-mail address yet.{' '}
        <Anchor component={Link} to={'/settings/preferences' as string} inherit>
          Write it into your profile.
        </Anchor>
      </>
    ) : canSend === false ? (
      <>
        Rapport has no account to send from yet.{' '}
        <Anchor component={Link} to={'/settings/mail' as string} inherit>
          Set one up that everybody sends by.
        </Anchor>
      </>
    ) : undefined
  return (
    <Way
      channel="email"
      icon={IconMail}
      text={me?.email ? `To ${me.email}.` : ''}
      missing={missing}
    >
      <SegmentedControl
        aria-label="E-mail comes"
        value={emailAs}
        onChange={(value) => onChange({ emailAs: value as WaysProps['emailAs'] })}
        data={[
          { value: 'single', label: 'One for each' },
          { value: 'hourly', label: 'Once an hour' },
          { value: 'daily', label: 'Once a day' },
        ]}
      />
    </Way>
  )
}

function BrowserWay() {
  const permission = useBrowserPermission()
  const ask = useMutation({ mutationFn: askBrowserPermission, networkMode: 'always' })
  const text = 'While a page of Rapport is open, even behind other windows.'
  switch (permission) {
    case 'granted':
      return <Way channel="browser" icon={IconBrowser} text={text} onTest={expectTest} />
    case 'default':
      return (
        <Way channel="browser" icon={IconBrowser} text={text} missing="Your browser asks first.">
          <Button variant="light" loading={ask.isPending} onClick={() => ask.mutate()}>
            Allow notifications
          </Button>
        </Way>
      )
    case 'denied':
      return (
        <Way
          channel="browser"
          icon={IconBrowser}
          text={text}
          missing="Your browser was told not to show them. Allow notifications for this address in its site settings."
        />
      )
    case 'missing':
      return (
        <Way
          channel="browser"
          icon={IconBrowser}
          text={text}
          missing={
            door === 'desktop'
              ? 'Not needed here: the desktop program uses popups of the system.'
              : 'This browser shows none for this address.'
          }
        />
      )
  }
}

interface WayProps {
  channel: NotificationChannel
  icon: Icon
  text: string
  /** Why it cannot be used here and now. */
  missing?: ReactNode
  onTest?(): void
  children?: ReactNode
}

function Way({ channel, icon: Icon, text, missing, onTest, children }: WayProps) {
  const test = useMutation({
    ...api.notifications.settings.test.mutationOptions(),
    meta: { showsProblem: true },
  })
  const label = channelLabels[channel]
  const outcome = test.isError
    ? { ok: false, message: messageOf(test.error) }
    : test.isPending
      ? undefined
      : test.data
  return (
    <section className={classes.way} aria-label={label}>
      <Icon size={20} stroke={1.6} className={classes.wayIcon} aria-hidden />
      <Stack gap={3} flex="1 1 260px" miw={0}>
        <Text size="sm" fw={600}>
          {label}
        </Text>
        <Text size="sm" c="dimmed">
          {missing ?? text}
        </Text>
        <Text size="sm" role="status" c={outcome?.ok ? 'juniper' : 'red'}>
          {outcome?.message}
        </Text>
      </Stack>
      <Group gap={8}>
        {children}
        {!missing && (
          <Button
            variant="default"
            aria-label={`Send a test: ${label}`}
            loading={test.isPending}
            onClick={() => {
              onTest?.()
              test.mutate({ channel })
            }}
          >
            Test
          </Button>
        )}
      </Group>
    </section>
  )
}
