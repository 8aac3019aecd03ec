/** Tags shown in a row, and the field to edit them with suggestions from those in use. */
import { TagsInput, type TagsInputProps } from '@mantine/core'
import classes from './badges.module.css'
import { useFacets } from './useFacets'

export function TagList({ tags, limit = 4 }: { tags: readonly string[]; limit?: number }) {
  if (tags.length === 0) return null
  const rest = tags.length - limit
  return (
    <span className={classes.tags} title={tags.join(', ')}>
      {tags.slice(0, limit).map((tag) => (
        <span key={tag} className={classes.tag}>
          {tag}
        </span>
      ))}
      {rest > 0 && <span className={classes.rest}>+{rest}</span>}
    </span>
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
