/** What holds for all outgoing e-mail: approval, the name, and how many may get the same text. */
import { Alert, Stack, Switch, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../../api'
import { messageOf } from '../../../app/problems'
import { useMay } from '../../../app/session'
import { CommitNumber } from '../../../ui/CommitText'
import { LoadState } from '../../../ui/LoadState'
import { ReadOnlyNote } from '../../../ui/settings/ReadOnlyNote'
import { SettingsCard } from '../../../ui/settings/SettingsFrame'
import classes from './mail.module.css'

export function RulesCard() {
  const mayConfigure = useMay('configure')
  const cache = useQueryClient()
  const status = useQuery(api.outbox.status.queryOptions())
  const save = useMutation({
    ...api.outbox.settings.mutationOptions(),
    meta: { showsProblem: true },
    onSuccess: (saved) => cache.setQueryData(api.outbox.status.queryKey(), saved),
  })
  return (
    <SettingsCard
      title="Rules"
      text="They hold for every e-mail to a person, by whichever account it goes. Rapport looks at them when a message is approved, and once more before it goes out."
    >
      <LoadState query={status} what="the rules">
        {(rules) => (
          <Stack gap="md">
            {!mayConfigure && <ReadOnlyNote who="Managers and admins" />}
            {save.isError && (
              <Alert color="red" title="Not saved">
                {messageOf(save.error)}
              </Alert>
            )}
            <Switch
              label="Cadences ask before they send"
              description="On: the e-mails of cadences wait in the outbox until somebody has read and approved them. Off: they go out by themselves where nothing is wrong with them."
              disabled={!mayConfigure}
              checked={rules.approvalFirst}
              onChange={(event) => save.mutate({ approvalFirst: event.currentTarget.checked })}
            />
            <Switch
              label="A message holds its recipient’s name"
              description="First or last name, in the subject or the text. It keeps mail from looking like bulk mail; contacts without a name are written to all the same."
              disabled={!mayConfigure}
              checked={rules.nameRequired}
              onChange={(event) => save.mutate({ nameRequired: event.currentTarget.checked })}
            />
            <div className={classes.rule}>
              <div>
                <Text size="sm">The same text goes to at most</Text>
                <Text size="xs" c="dimmed">
                  A message that is word for word what so many people got already is held back,
                  unless it is said of it that many may get the same.
                </Text>
              </div>
              <CommitNumber
                label="How many people may get the same text"
                value={rules.identicalMost}
                min={1}
                max={10_000}
                suffix={rules.identicalMost === 1 ? ' person' : ' people'}
                disabled={!mayConfigure}
                onCommit={(identicalMost, before) =>
                  save.mutateAsync(
                    identicalMost === null
                      ? {}
                      : { identicalMost, basedOn: { identicalMost: before } },
                  )
                }
              />
            </div>
            <div className={classes.rule}>
              <div>
                <Text size="sm">Ask before sending what is late by</Text>
                <Text size="xs" c="dimmed">
                  A message whose time passed while Rapport was closed or e-mail was stopped waits
                  in the outbox for your decision instead of going out.
                </Text>
              </div>
              <CommitNumber
                label="Ask before sending what is late by so many hours"
                value={rules.lateHours}
                min={1}
                max={720}
                suffix={rules.lateHours === 1 ? ' hour' : ' hours'}
                disabled={!mayConfigure}
                onCommit={(lateHours) => save.mutateAsync(lateHours === null ? {} : { lateHours })}
              />
            </div>
            <Text size="xs" c="dimmed">
              How many go out in an hour and a day, how far apart, and when nobody is written to is
              set with each account above. Opted-out addresses get nothing, whatever the rules say.
            </Text>
          </Stack>
        )}
      </LoadState>
    </SettingsCard>
  )
}
