/** Which Rapport this is, and the licences of what it is made of. */
import { Accordion, Anchor, Code, DataList, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import * as z from 'zod'
import { dependencies, homepage, version } from '../../../../../package.json'
import { api } from '../../../api'
import { door } from '../../../door'
import { LoadState } from '../../../ui/LoadState'
import { SettingsCard, SettingsFrame } from '../../../ui/settings/SettingsFrame'

export function AboutSection() {
  const status = useQuery(api.database.status.queryOptions())
  return (
    <SettingsFrame title="About">
      <SettingsCard>
        <DataList size="sm" labelWidth={150}>
          <Fact label="Rapport" value={`Version ${version}`} />
          <Fact
            label="Runs as"
            value={door === 'desktop' ? 'Desktop program' : 'Local web host, in your browser'}
          />
          <Fact label="SQLite" value={status.data?.sqlite ?? '…'} />
          <DataList.Item>
            <DataList.ItemLabel>Source</DataList.ItemLabel>
            <DataList.ItemValue>
              <Anchor href={homepage} target="_blank" rel="noreferrer" size="sm">
                {homepage.replace('https://', '')}
              </Anchor>
            </DataList.ItemValue>
          </DataList.Item>
        </DataList>
      </SettingsCard>
      <SettingsCard
        title="Your data"
        text="All of it lies in one file on this machine. Rapport sends nothing anywhere unless you connect an account or a server."
      />
      <SettingsCard
        title="Licences"
        text="Rapport is free software under the MIT licence. It stands on the work of others:"
      >
        <Licences />
      </SettingsCard>
    </SettingsFrame>
  )
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <DataList.Item>
      <DataList.ItemLabel>{label}</DataList.ItemLabel>
      <DataList.ItemValue>{value}</DataList.ItemValue>
    </DataList.Item>
  )
}

/** As the build writes it: every package whose code is in the screens. */
const LicenceList = z.array(
  z.object({
    name: z.string(),
    version: z.string(),
    identifier: z.string().optional(),
    text: z.string().optional(),
  }),
)

function Licences() {
  const licences = useQuery({
    queryKey: ['licences'],
    queryFn: async () => {
      const answer = await fetch(new URL('licences.json', document.baseURI))
      if (!answer.ok) throw new Error('The list of licences is missing from this build.')
      return LicenceList.parse(await answer.json())
    },
  })
  return (
    <LoadState query={licences} what="the licences">
      {(found) => (
        <Stack gap="lg">
          <Accordion variant="separated" chevronPosition="left">
            {found.map(({ name, version: of, identifier, text }) => (
              <Accordion.Item key={`${name} ${of}`} value={`${name} ${of}`}>
                <Accordion.Control>
                  <Text size="sm" span>
                    {name} {of}
                  </Text>{' '}
                  <Text size="sm" c="dimmed" span>
                    {identifier}
                  </Text>
                </Accordion.Control>
                <Accordion.Panel>
                  <Code block style={{ whiteSpace: 'pre-wrap' }}>
                    {text ?? 'The package names its licence but carries no text.'}
                  </Code>
                </Accordion.Panel>
              </Accordion.Item>
            ))}
          </Accordion>
          <Text size="sm" c="dimmed">
            The core uses {Object.keys(dependencies).join(', ')}; their licences lie beside them in
            the program’s folder <Code>node_modules</Code>.
          </Text>
        </Stack>
      )}
    </LoadState>
  )
}
