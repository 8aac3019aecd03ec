/** Takes the text of a stored template. */
import type { SelectProps } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Template } from '../../../../contract/outreach/templates'
import { api } from '../../../api'
import { SearchSelect } from '../../../ui/SearchSelect'

export interface TemplateSelectProps extends Pick<SelectProps, 'label' | 'placeholder' | 'value'> {
  /** Only those that have a text without formatting. */
  plainOnly?: boolean
  onChoose(template: Template): void
}

export function TemplateSelect({ plainOnly = false, onChoose, ...select }: TemplateSelectProps) {
  const templates = useQuery(api.templates.list.queryOptions({ input: { kind: 'template' } }))
  const found = templates.data?.filter(({ body }) => !plainOnly || body !== '') ?? []
  return (
    <SearchSelect
      {...select}
      flex="1 1 220px"
      data={found.map(({ id, name }) => ({ value: id, label: name }))}
      nothingFoundMessage={
        found.length === 0 ? 'No template yet: they are kept in the settings' : 'No such template'
      }
      onChange={(id) => {
        const chosen = found.find((template) => template.id === id)
        if (chosen) onChoose(chosen)
      }}
    />
  )
}
