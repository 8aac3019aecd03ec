/** The dates of new plans before anything is written, or what is missing to work them out. */
import { Alert, Skeleton, Stack, Text } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import type { Simulation } from '../../../../contract/outreach/enrolment'
import { messageOf } from '../../../app/problems'
import { StopBanner } from '../messages/StopBanner'
import classes from './AssignDialog.module.css'
import type { useAssignment, Written } from './assignment'
import { Preview } from './Preview'

interface AssignPreviewProps {
  kind: Written['kind']
  assignment: ReturnType<typeof useAssignment>
}

export function AssignPreview({ kind, assignment }: AssignPreviewProps) {
  const { simulation, shown, hasSource } = assignment
  return (
    <div className={classes.preview} aria-busy={simulation.isFetching}>
      {hasAutomated(shown) && (
        <div className={classes.banner}>
          <StopBanner />
        </div>
      )}
      {simulation.isError ? (
        <Alert color="red" icon={<IconAlertCircle size={16} />} role="alert">
          {messageOf(simulation.error)}
        </Alert>
      ) : shown ? (
        <Preview simulation={shown} />
      ) : simulation.isFetching ? (
        <Stack gap={8} aria-label="Loading">
          {[0, 1, 2, 3].map((line) => (
            <Skeleton key={line} height={52} />
          ))}
        </Stack>
      ) : (
        <Text size="sm" c="dimmed">
          {!hasSource
            ? nothingShown[kind]
            : 'Name the leads, or choose many at once in the list of leads.'}
        </Text>
      )}
    </div>
  )
}

const hasAutomated = (simulation: Simulation | undefined): boolean =>
  simulation?.plans.some(({ steps }) => steps.some(({ automated }) => automated)) ?? false

const nothingShown = {
  cadence: 'Choose a cadence, and see here on which day and at what time each of its steps falls.',
  own: 'Give each step its day, and see here when exactly it falls.',
}
