/** The suggestions for one's own leads, the likeliest to help first; managers may look at those of others. */
import { Button, Skeleton, Stack, Text, Title } from '@mantine/core'
import { IconBulb, IconCloudOff } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Reference } from '../../../contract/shapes'
import { api } from '../../api'
import { useApp } from '../../app/actions'
import { messageOf } from '../../app/problems'
import { useMay, useMe } from '../../app/session'
import { EmptyState } from '../../ui/EmptyState'
import { ReferencePicker } from '../../ui/ReferencePicker'
import { SuggestionRow } from './SuggestionRow'
import classes from './Suggestions.module.css'

const shown = 50

export default function SuggestionsPage() {
  const app = useApp()
  const me = useMe()
  const mayAskForOthers = useMay('configure')
  const [other, setOther] = useState<Reference | null>(null)
  const suggestions = useQuery({
    ...api.suggestions.list.queryOptions({
      input: { limit: shown, ...(other && { userId: other.id }) },
    }),
    placeholderData: keepPreviousData,
  })
  const { data } = suggestions
  return (
    <section className={classes.page} aria-label="Suggestions">
      <header className={classes.top}>
        <div>
          <Title order={1}>Suggestions</Title>
          <Text size="sm" c="dimmed">
            Open leads that wait for nothing, and what to do next for each.
          </Text>
        </div>
        {mayAskForOthers && (
          <div className={classes.whose}>
            <ReferencePicker
              of="user"
              size="xs"
              aria-label="Whose leads"
              placeholder={me ? `Mine (${me.name})` : 'Mine'}
              value={other}
              onChange={(user) => setOther(user?.id === me?.id ? null : user)}
            />
          </div>
        )}
      </header>
      {data ? (
        data.length === 0 ? (
          <EmptyState
            icon={IconBulb}
            title="Nothing to suggest"
            text="Every open lead has its next step, or its suggestions were dismissed."
          >
            <Button variant="default" onClick={() => app.goTo('/today')}>
              Open Today
            </Button>
          </EmptyState>
        ) : (
          <ul className={classes.list}>
            {data.map((suggestion) => (
              <SuggestionRow key={suggestion.id} suggestion={suggestion} withLead />
            ))}
          </ul>
        )
      ) : suggestions.isError ? (
        <EmptyState
          icon={IconCloudOff}
          title="The suggestions cannot be shown"
          text={messageOf(suggestions.error)}
        >
          <Button onClick={() => void suggestions.refetch()}>Try again</Button>
        </EmptyState>
      ) : (
        <Stack gap={8} aria-busy="true" aria-label="Loading">
          {[0, 1, 2, 3].map((line) => (
            <Skeleton key={line} height={74} style={{ opacity: 1 - line / 6 }} />
          ))}
        </Stack>
      )}
    </section>
  )
}
