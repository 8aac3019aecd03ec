/** Tags shown in a row, and the field to edit them with suggestions from those in use. */
import { Badge, Group, TagsInput, type TagsInputProps } from '@mantine/core'
import { useFacets } from './useFacets'

export function TagList({ tags, limit = 4 }: { tags: readonly string[]; limit?: number }) {
  if (tags.length === 0) return null
  const rest = tags.length - limit
  return (
    <Group gap={4} wrap="nowrap" title={tags.join(', ')} miw={0}>
      {tags.slice(0, limit).map((tag) => (
        <Badge key={tag} color="gray" size="sm" fw={500} miw={0}>
          {tag}
        </Badge>
      ))}
      {rest > 0 && (
        <Badge color="gray" size="sm" variant="transparent" flex="none">
          +{rest}
        </Badge>
      )}
    </Group>
  )
}

export function TagInput(props: TagsInputProps) {
  const facets = useFacets()
  return (
    <TagsInput
      clearable
      maxTags={50}
      splitChars={[',', ';']}
      acceptValueOnBlur
      data-commits-on-leaving
      data={facets?.tags ?? []}
      {...props}
    />
  )
}
