/** What keeps everything from going out: what is known, what is to be decided, and how it continues. */
import { Alert, Anchor, Button, Group, List, Stack, Text } from '@mantine/core'
import { IconCircleCheck, IconSend } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type {
  ClockHold,
  CopiedHold,
  HoldStatus,
  RestoredHold,
} from '../../../../contract/history/holds'
import { api } from '../../../api'
import { useApp } from '../../../app/actions'
import { messageOf } from '../../../app/problems'
import { useMay } from '../../../app/session'
import { DateText } from '../../../ui/DateText'
import { EmptyState } from '../../../ui/EmptyState'
import { LoadState } from '../../../ui/LoadState'
import { ReadOnlyNote } from '../../../ui/settings/ReadOnlyNote'
import { SettingsCard, SettingsFrame } from '../../../ui/settings/SettingsFrame'
import { PlaceAnswers } from './PlaceQuestion'

export function SendingSection() {
  const status = useQuery(api.holds.status.queryOptions())
  const mayConfigure = useMay('configure')
  return (
    <SettingsFrame
      title="Sending on hold"
      text="After a restore, in a copy, or when the clock looks wrong, nothing is sent until somebody has looked."
      back={{ to: '/settings/backups', label: 'Backups' }}
    >
      {!mayConfigure && <ReadOnlyNote who="Managers and admins" />}
      <LoadState query={status} what="whether sending is on hold">
        {(found) =>
          found.holds.length === 0 ? (
            <SettingsCard>
              <EmptyState
                size="sm"
                icon={IconSend}
                title="Nothing is on hold"
                text="E-mail goes out as usual."
              />
            </SettingsCard>
          ) : (
            <>
              {found.holds.map((hold) => {
                if (hold.reason === 'clock') return <Clock key="clock" hold={hold} />
                if (hold.reason === 'copied') return <Copied key="copied" hold={hold} />
                return <Restored key="restored" hold={hold} status={found} />
              })}
              {found.unknown > 0 && <Decide count={found.unknown} />}
            </>
          )
        }
      </LoadState>
    </SettingsFrame>
  )
}

function Clock({ hold }: { hold: ClockHold }) {
  const mayConfigure = useMay('configure')
  const cache = useQueryClient()
  const say = useMutation({
    ...api.holds.clockIsRight.mutationOptions(),
    onSuccess: () => cache.invalidateQueries(),
  })
  return (
    <SettingsCard
      title="Is the clock right?"
      actions={
        mayConfigure && (
          <Button loading={say.isPending} onClick={() => say.mutate({})}>
            The clock is right
          </Button>
        )
      }
    >
      <Text size="sm">
        This computer says it is{' '}
        <b>
          <DateText value={hold.now} format="moment" />
        </b>
        . Rapport was last used on{' '}
        <b>
          <DateText value={hold.lastSeen} format="moment" />
        </b>
        . Until you say that this is right, or set the clock, nothing is sent and nothing is deleted
        for good.
      </Text>
    </SettingsCard>
  )
}

function Copied({ hold }: { hold: CopiedHold }) {
  const mayAdminister = useMay('administer')
  const cache = useQueryClient()
  const send = useMutation({
    ...api.holds.sendFromCopy.mutationOptions(),
    onSuccess: () => cache.invalidateQueries(),
  })
  if (hold.answer === null)
    return (
      <SettingsCard title="Was this database moved or copied?">
        {mayAdminister ? <PlaceAnswers /> : <ReadOnlyNote who="Admins" />}
      </SettingsCard>
    )
  return (
    <SettingsCard
      title="This is a copy"
      text="It sends nothing, so that nobody gets from here what the original sends."
      actions={
        mayAdminister && (
          <Button variant="default" loading={send.isPending} onClick={() => send.mutate({})}>
            Let this copy send
          </Button>
        )
      }
    >
      <List size="sm" spacing={4}>
        {hold.paused > 0 && (
          <List.Item>
            {count(
              hold.paused,
              'cadence that sends by itself is',
              'cadences that send by themselves are',
            )}{' '}
            paused here. The original goes on with {hold.paused === 1 ? 'it' : 'them'}: resume only
            what this copy is to take over.
          </List.Item>
        )}
        {hold.unknown > 0 && (
          <List.Item>
            {count(hold.unknown, 'e-mail was', 'e-mails were')} waiting when the copy was made. The
            original sends {hold.unknown === 1 ? 'it' : 'them'}.
          </List.Item>
        )}
      </List>
    </SettingsCard>
  )
}

function Restored({ hold, status }: { hold: RestoredHold; status: HoldStatus }) {
  const mayConfigure = useMay('configure')
  const cache = useQueryClient()
  const resume = useMutation({
    ...api.holds.resume.mutationOptions(),
    onSuccess: () => cache.invalidateQueries(),
  })
  const { sent, takenBack, optOuts, notifications } = hold.carried
  return (
    <SettingsCard
      title={titles[hold.from]}
      text={
        <>
          Sending has been on hold since <DateText value={hold.since} format="moment" />
          {hold.backupAt && (
            <>
              ; the backup is of <DateText value={hold.backupAt} format="moment" />
            </>
          )}
          .
        </>
      }
      actions={
        mayConfigure && (
          <Button
            leftSection={<IconSend size={15} />}
            loading={resume.isPending}
            onClick={() => resume.mutate({})}
          >
            Resume sending
          </Button>
        )
      }
    >
      <Stack gap="sm">
        {hold.replaced !== 'read' && (
          <Alert color="amber" variant="light">
            {unread[hold.replaced]}
          </Alert>
        )}
        <List size="sm" spacing={4} icon={<IconCircleCheck size={16} aria-hidden />}>
          <List.Item>
            {sent === 0
              ? 'No e-mail is known to have been sent since the backup'
              : `${count(sent, 'e-mail', 'e-mails')} sent since the backup: marked as sent, not sent again`}
          </List.Item>
          {optOuts > 0 && (
            <List.Item>
              {count(optOuts, 'opt-out', 'opt-outs')} added since the backup: kept
            </List.Item>
          )}
          <List.Item>Opt-outs that were removed since the backup apply again</List.Item>
          {takenBack > 0 && (
            <List.Item>
              {count(takenBack, 'e-mail', 'e-mails')} taken back since the backup: in the outbox for
              approval
            </List.Item>
          )}
          {notifications > 0 && (
            <List.Item>
              {count(notifications, 'notification', 'notifications')} shown since the backup: not
              shown again
            </List.Item>
          )}
        </List>
        <Text size="sm">
          {status.waiting === 0
            ? 'No e-mail waits to be sent.'
            : `When you resume, ${count(status.waiting, 'waiting e-mail goes', 'waiting e-mails go')} out within the limits of ${status.waiting === 1 ? 'its account' : 'their accounts'}.`}{' '}
          <Anchor size="sm" renderRoot={(props) => <Link to="/outbox" {...props} />}>
            Open the outbox
          </Anchor>
        </Text>
        {resume.isError && (
          <Text size="sm" c="red" role="alert">
            {messageOf(resume.error)}
          </Text>
        )}
      </Stack>
    </SettingsCard>
  )
}

/** One answer for all; one by one they are answered in the outbox. */
function Decide({ count: found }: { count: number }) {
  const mayWrite = useMay('configure')
  const app = useApp()
  const cache = useQueryClient()
  const resolve = useMutation({
    ...api.outbox.resolveUnknown.mutationOptions(),
    onSuccess: () => cache.invalidateQueries(),
  })
  const answer = (as: 'sent' | 'send_again' | 'cancelled', label: string) => (
    <Button
      size="xs"
      variant="default"
      loading={resolve.isPending && resolve.variables?.as === as}
      disabled={resolve.isPending}
      onClick={() => resolve.mutate({ as })}
    >
      {label}
    </Button>
  )
  return (
    <SettingsCard
      title={`${count(found, 'e-mail', 'e-mails')} may have been sent`}
      text="Rapport cannot know. They are not sent unless you say so. Look in your sent folder, or ask the recipient."
    >
      <Group gap={8}>
        <Button size="xs" onClick={() => app.goTo('/outbox?tab=decide')}>
          Decide one by one
        </Button>
        {mayWrite && (
          <>
            {answer('sent', 'All were sent')}
            {answer('send_again', 'Send all again')}
            {answer('cancelled', 'Cancel all')}
          </>
        )}
      </Group>
      {resolve.isError && (
        <Text size="sm" c="red" role="alert">
          {messageOf(resolve.error)}
        </Text>
      )}
    </SettingsCard>
  )
}

const count = (found: number, one: string, many: string) =>
  `${found === 0 ? 'No' : found.toLocaleString()} ${found === 1 ? one : many}`

const titles: Readonly<Record<RestoredHold['from'], string>> = {
  backup: 'A backup was restored',
  empty: 'An empty database was started',
  file: 'Another database file is in place',
}
const unread: Readonly<Record<Exclude<RestoredHold['replaced'], 'read'>, string>> = {
  in_part:
    'The database that was there before could not be read in full. What it is not known to have sent is yours to decide on.',
  unreadable:
    'The database that was there before cannot be read. Everything that was due is yours to decide on, and opt-outs added since the backup are not known.',
  none: 'The database that was there before is gone. Everything that was due is yours to decide on, and opt-outs added since the backup are not known.',
}
