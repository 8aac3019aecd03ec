/** How other programs reach Rapport: the address, its description, a token, a first call. */
import { Alert, Anchor, Button, Code, List, Stack, Text } from '@mantine/core'
import { IconExternalLink, IconKey } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useMay, useMe } from '../../../app/session'
import { door } from '../../../door'
import { CopyLine } from '../../../ui/CopyLine'
import { SettingsCard, SettingsFrame } from '../../../ui/settings/SettingsFrame'

export function ApiSection() {
  const inBrowser = door === 'web'
  const origin = inBrowser ? window.location.origin : 'http://127.0.0.1:4780'
  const me = useMe()
  const mayAdminister = useMay('administer')
  return (
    <SettingsFrame
      title="API"
      text="Everything these screens do, other programs can do over HTTP: JSON in and out, on this machine only unless you open it."
    >
      {!inBrowser && (
        <Alert color="gray" variant="light">
          The desktop window itself opens no port. Start Rapport with <Code>--web</Code> to serve
          the API; it prints the address, which may differ from the one below.
        </Alert>
      )}
      <SettingsCard
        title="Description"
        text="Every endpoint with its fields, generated from the program itself, with a form to try each."
        actions={
          inBrowser && (
            <Button
              component="a"
              href={`${origin}/api/docs/`}
              target="_blank"
              rel="noreferrer"
              variant="default"
              rightSection={<IconExternalLink size={14} />}
            >
              Open the API pages
            </Button>
          )
        }
      >
        <Stack gap="xs">
          <CopyLine label="Address of the API" text={`${origin}/api`} />
          <CopyLine label="OpenAPI document" text={`${origin}/api/openapi.json`} />
        </Stack>
      </SettingsCard>
      <SettingsCard
        title="Tokens"
        text="A program signs in with a token of a user and may do what that user’s role allows. Each change it makes stands in the history under that user’s name."
        actions={
          mayAdminister &&
          me && (
            <Button
              variant="default"
              leftSection={<IconKey size={15} />}
              renderRoot={(props) => (
                <Link to="/settings/users/$id" params={{ id: me.id }} {...props} />
              )}
            >
              My tokens
            </Button>
          )
        }
      >
        <List size="sm" spacing={4}>
          <List.Item>
            Make one under{' '}
            <Anchor renderRoot={(props) => <Link to="/settings/users" {...props} />}>
              Users and teams
            </Anchor>
            , on the page of the user it acts for. It is shown once.
          </List.Item>
          <List.Item>
            Send it with every request, as <Code>Authorization: Bearer TOKEN</Code>.
          </List.Item>
          <List.Item>Revoke it there; the next request with it is refused.</List.Item>
        </List>
      </SettingsCard>
      <SettingsCard title="A first call" text="Lists the ten most valuable open leads.">
        <CopyLine
          label="For a terminal"
          text={`curl -H "Authorization: Bearer $RAPPORT_TOKEN" \\\n  "${origin}/api/leads?sort=-value&limit=10"`}
        />
        <Text size="sm" c="dimmed">
          A user’s token may ask 100 times a minute. Wrong input is answered with 400 and a list of
          issues, each with the field it means.
        </Text>
      </SettingsCard>
    </SettingsFrame>
  )
}
