/** What is suggested for one lead; nothing where it waits for something already. */
import { Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../../api'
import type { ShownRecord } from '../../../app/recordParts'
import { SuggestionRow } from './SuggestionRow'
import classes from './Suggestions.module.css'

const few = 3

export function LeadSuggestions({ record }: { record: ShownRecord<'lead'> }) {
  const { data = [] } = useQuery(
    api.suggestions.list.queryOptions({ input: { leadId: record.id, limit: few } }),
  )
  if (data.length === 0) return null
  return (
    <section className={classes.panel} aria-label="Suggestions">
      <Title order={3} className={classes.heading}>
        Suggested next
      </Title>
      <ul className={classes.list}>
        {data.map((suggestion) => (
          <SuggestionRow key={suggestion.id} suggestion={suggestion} withLead={false} />
        ))}
      </ul>
    </section>
  )
}
