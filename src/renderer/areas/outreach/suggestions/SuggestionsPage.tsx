/** The suggestions for one's own leads, the likeliest to help first; managers may look at those of others. */
import { Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { IconBulb, IconCloudOff } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Reference } from '../../../../contract/kernel/shapes'
import type { LeadScope } from '../../../../contract/kernel/words'
import { api } from '../../../api'
import { useApp } from '../../../app/actions'
import { messageOf } from '../../../app/problems'
import { useMay, useMe } from '../../../app/session'
import { EmptyState } from '../../../ui/EmptyState'
import { PageTitle } from '../../../ui/PageTitle'
import { ReferencePicker } from '../../../ui/ReferencePicker'
import { LeadScopePicker, useLeadScopes } from '../../records/leads/LeadScope'
import { type ScopeCount, scopeText } from '../../records/leads/scopes'
import { SuggestionRow } from './SuggestionRow'
import classes from './Suggestions.module.css'

const shown = 50

export default function SuggestionsPage() {
  const app = useApp()
  const me = useMe()
  const mayAskForOthers = useMay('configure')
  const [scope, setScope] = useState<LeadScope>('mine')
  const [other, setOther] = useState<Reference | null>(null)
  const suggestions = useQuery({
    ...api.suggestions.list.queryOptions({
      input: { limit: shown, ...(other ? { userId: other.id } : { scope }) },
    }),
    placeholderData: keepPreviousData,
  })
  const { data } = suggestions
  const count = useLeadScopes()?.find((one) => one.scope === scope)
  return (
    <section className={classes.page} aria-label="Suggestions">
      <header className={classes.top}>
        <div>
          <PageTitle title="Suggestions" />
          <Text size="sm" c="dimmed">
            Open leads that wait for nothing, and what to do next for each.
          </Text>
        </div>
        {mayAskForOthers && (
          <Group gap="xs" className={classes.scope}>
            {!other && <LeadScopePicker value={scope} onChange={setScope} />}
            <div className={classes.whose}>
              <ReferencePicker
                of="user"
                size="xs"
                aria-label="Leads of one person"
                placeholder="One person…"
                value={other}
                onChange={(user) => {
                  const isMe = user?.id === me?.id
                  setOther(isMe ? null : user)
                }}
              />
            </div>
          </Group>
        )}
      </header>
      {data ? (
        data.length === 0 ? (
          <EmptyState icon={IconBulb} title="Nothing to suggest" text={emptyText(other, count)}>
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

/** Why there is nothing, of exactly the leads that were asked for. */
function emptyText(other: Reference | null, count: ScopeCount | undefined): string {
  if (other)
    return `The open leads of ${other.name} have a next step, or their suggestions were dismissed.`
  if (!count) return ''
  return count.withoutStep > 0
    ? `${scopeText(count)} Each has a task without a date or a cadence, or its suggestions were dismissed.`
    : scopeText(count)
}
