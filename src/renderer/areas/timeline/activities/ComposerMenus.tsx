/** Menus of the composer: the type of an activity, and templates to begin with. */
import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconTemplate } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../../api'
import { type ActivityDraft, withTemplate, withType } from './draft'
import { iconOf, useWords } from './words'

export interface MenuProps {
  draft: ActivityDraft
  setDraft(draft: ActivityDraft): void
}

export function TypeMenu({ draft, setDraft }: MenuProps) {
  const { types, typeLabel } = useWords()
  const Current = iconOf(draft.type)
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<Current size={15} />}
          rightSection={<IconChevronDown size={13} />}
          aria-label={`Type: ${typeLabel(draft.type)}`}
        >
          {typeLabel(draft.type)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        {types
          .filter(({ active }) => active)
          .map(({ name, label }) => {
            const Icon = iconOf(name)
            return (
              <Menu.Item
                key={name}
                leftSection={<Icon size={15} />}
                onClick={() => setDraft(withType(draft, name, new Date()))}
              >
                {label}
              </Menu.Item>
            )
          })}
      </Menu.Dropdown>
    </Menu>
  )
}

export function TemplateMenu({ draft, setDraft }: MenuProps) {
  const { data } = useQuery(api.activities.templates.list.queryOptions())
  if (!data || data.length === 0) return null
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconTemplate size={15} />}
          rightSection={<IconChevronDown size={13} />}
        >
          Template
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        {data.map((template) => {
          const Icon = iconOf(template.type)
          return (
            <Menu.Item
              key={template.id}
              leftSection={<Icon size={15} />}
              onClick={() => setDraft(withTemplate(draft, template, new Date()))}
            >
              {template.name}
            </Menu.Item>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}
