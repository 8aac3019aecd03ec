/** What is shown in the board's place while it loads, when it cannot be shown, and when it is empty. */
import { Button, Group, Skeleton } from '@mantine/core'
import { IconCloudOff, IconFilterOff, IconTargetArrow } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { api } from '../../../api'
import { useApp } from '../../../app/actions'
import { isMissing, messageOf } from '../../../app/problems'
import { useMay } from '../../../app/session'
import { EmptyState } from '../../../ui/EmptyState'
import classes from './BoardStates.module.css'

const waiting = [5, 4, 3, 4].map((count, column) => ({
  column,
  cards: Array.from({ length: count }, (_, card) => card),
}))

export function BoardWaiting() {
  return (
    <section className={classes.waiting} aria-busy="true" aria-label="Loading the board">
      {waiting.map(({ column, cards }) => (
        <div key={column}>
          <Skeleton height={40} radius="md" />
          {cards.map((card) => (
            <Skeleton key={card} height={92} radius="lg" mt={8} style={{ opacity: 1 - card / 6 }} />
          ))}
        </div>
      ))}
    </section>
  )
}

export interface BoardBrokenProps {
  error: unknown
  onRetry(): void
  /** Shows the default pipeline without filters. */
  onReset(): void
}

export function BoardBroken({ error, onRetry, onReset }: BoardBrokenProps) {
  if (isMissing(error)) {
    return (
      <EmptyState
        icon={IconCloudOff}
        title="This pipeline is gone"
        text="It was deleted; its leads went to another one."
      >
        <Button onClick={onReset}>Show the default pipeline</Button>
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={IconCloudOff} title="The board cannot be shown" text={messageOf(error)}>
      <Group justify="center">
        <Button onClick={onRetry}>Try again</Button>
        <Button variant="default" onClick={onReset}>
          Clear the filters
        </Button>
      </Group>
    </EmptyState>
  )
}

export function NothingMatches({ onClear }: { onClear(): void }) {
  return (
    <EmptyState
      icon={IconFilterOff}
      title="No leads match"
      text="Loosen the filter, or look for something else."
    >
      <Button variant="default" onClick={onClear}>
        Clear the filters
      </Button>
    </EmptyState>
  )
}

/** Above the empty columns, so that the stages can be seen already. */
export function NoLeadsYet({ stage }: { stage: { id: string; name: string } | undefined }) {
  const app = useApp()
  const mayWrite = useMay('write')
  const mayImport = useMay('import')
  const mayConfigure = useMay('configure')
  const sample = useMutation(api.settings.sample.load.mutationOptions())
  // Sample data is for a database without any records.
  const input = { limit: 1 }
  const leads = useQuery(api.leads.list.queryOptions({ input })).data?.total
  const companies = useQuery(api.companies.list.queryOptions({ input })).data?.total
  const offersSample = mayConfigure && leads === 0 && companies === 0
  return (
    <div className={classes.empty}>
      <EmptyState
        size="sm"
        icon={IconTargetArrow}
        title="No leads in this pipeline yet"
        text="Bring in the list you have, or add the first one."
      >
        <Group justify="center">
          {mayImport && <Button onClick={() => app.goTo('/import')}>Import a file</Button>}
          {mayWrite && (
            <Button
              variant="default"
              onClick={() =>
                app.create('lead', {
                  initial: { stageId: stage ?? null },
                  onCreated: () => {},
                })
              }
            >
              New lead
            </Button>
          )}
          {offersSample && (
            <Button variant="default" loading={sample.isPending} onClick={() => sample.mutate({})}>
              Sample data
            </Button>
          )}
        </Group>
      </EmptyState>
    </div>
  )
}
