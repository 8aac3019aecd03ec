/** Chooses a placeholder by its name and gives it as it is written in texts. */
import { Button, Menu, ScrollArea } from '@mantine/core'
import { IconBraces } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Placeholder } from '../../../../contract/outreach/templates'
import { api } from '../../../api'

const groups: Readonly<Record<Placeholder['group'], string>> = {
  contact: 'Contact',
  company: 'Company',
  lead: 'Lead',
  user: 'Me',
  snippets: 'Snippets',
}

export function PlaceholderMenu({ onChoose }: { onChoose(text: string): void }) {
  const { data } = useQuery(api.templates.placeholders.queryOptions())
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" h={36} leftSection={<IconBraces size={15} />}>
          Placeholder
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <ScrollArea.Autosize mah={320}>
          {Object.entries(groups).map(([group, label]) => {
            const found = data?.filter((one) => one.group === group) ?? []
            if (found.length === 0) return null
            return [
              <Menu.Label key={group}>{label}</Menu.Label>,
              ...found.map(({ path, label: name }) => (
                <Menu.Item key={path} onClick={() => onChoose(`{{ ${path} }}`)}>
                  {name}
                </Menu.Item>
              )),
            ]
          })}
        </ScrollArea.Autosize>
      </Menu.Dropdown>
    </Menu>
  )
}
