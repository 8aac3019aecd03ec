/** What was before a step, and what else is planned: the latest of the timeline that people made. */
import { Skeleton, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { DueStep } from '../../../../contract/outreach/plans'
import { api } from '../../../api'
import { useMay } from '../../../app/session'
import { TimelineItem } from '../../timeline/activities/TimelineItem'
import type { Words } from '../../timeline/activities/words'
import classes from './StepPane.module.css'

const few = 5

export function Recent({ step: { plan }, words }: { step: DueStep; words: Words }) {
  const mayWrite = useMay('write')
  const subject = plan.lead ? 'lead' : 'contact'
  const id = plan.lead?.id ?? plan.contact?.id
  const recent = useQuery({
    ...api.activities.timelines[subject].queryOptions({
      input: { id: id ?? '', limit: few, category: ['manual', 'automated'] },
    }),
    enabled: id !== undefined,
  })
  const items = recent.data?.items ?? []
  return (
    <section aria-label="Latest activities">
      <Title order={3} className={classes.heading}>
        Timeline
      </Title>
      {recent.isPending && <Skeleton height={44} />}
      {recent.isError && (
        <Text size="sm" c="dimmed">
          The timeline could not be loaded.
        </Text>
      )}
      {recent.data && items.length === 0 && (
        <Text size="sm" c="dimmed">
          Nothing was logged yet: this is the first contact.
        </Text>
      )}
      {items.map((activity) => (
        <TimelineItem
          key={activity.id}
          activity={activity}
          words={words}
          mayWrite={mayWrite}
          subject={subject}
        />
      ))}
    </section>
  )
}
