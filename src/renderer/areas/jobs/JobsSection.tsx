/** What runs by itself: when it ran, what came of it, when it runs again. */
import { Badge, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay, IconRefresh } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Job, JobRun } from '../../../contract/jobs'
import { api } from '../../api'
import { messageOf } from '../../app/problems'
import { useMay } from '../../app/session'
import { DateText } from '../../ui/DateText'
import { LoadState } from '../settings/LoadState'
import { SettingsCard, SettingsFrame } from '../settings/SettingsFrame'

export function JobsSection() {
  const jobs = useQuery({ ...api.jobs.list.queryOptions(), refetchInterval: 15_000 })
  return (
    <SettingsFrame
      title="Jobs"
      text="What Rapport does by itself while it runs. What was missed meanwhile is made up for once at the next start."
    >
      <LoadState query={jobs} what="the jobs">
        {(found) => found.map((job) => <JobCard key={job.name} job={job} />)}
      </LoadState>
    </SettingsFrame>
  )
}

function JobCard({ job }: { job: Job }) {
  const mayConfigure = useMay('configure')
  const [open, setOpen] = useState(false)
  const run = useMutation(api.jobs.run.mutationOptions({ meta: { showsProblem: true } }))
  const pause = useMutation(api.jobs.pause.mutationOptions({ meta: { showsProblem: true } }))
  const problem = run.error ?? pause.error
  return (
    <SettingsCard
      title={job.label}
      text={job.schedule}
      actions={
        mayConfigure && (
          <Group gap="xs" wrap="nowrap">
            <Button
              variant="default"
              size="compact-sm"
              leftSection={<IconRefresh size={14} />}
              loading={run.isPending || job.running}
              onClick={() => run.mutate({ name: job.name })}
            >
              Run now
            </Button>
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={
                job.paused ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />
              }
              loading={pause.isPending}
              onClick={() => pause.mutate({ name: job.name, paused: !job.paused })}
            >
              {job.paused ? 'Go on' : 'Pause'}
            </Button>
          </Group>
        )
      }
    >
      <Stack gap={6}>
        <Group gap="xs">
          {job.paused && (
            <Badge variant="light" color="amber">
              Paused
            </Badge>
          )}
          <Text size="sm" c="dimmed">
            {job.nextRunAt && !job.paused ? (
              <>
                Runs next <DateText value={job.nextRunAt} />
              </>
            ) : (
              'Does not run by itself now'
            )}
          </Text>
        </Group>
        {job.lastRun ? <Run run={job.lastRun} /> : <Text size="sm">It has not run yet.</Text>}
        {problem && (
          <Text size="sm" c="red" role="alert">
            {messageOf(problem)}
          </Text>
        )}
        <Group>
          <Button
            variant="subtle"
            size="compact-xs"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            {open ? 'Fold' : 'Earlier runs'}
          </Button>
        </Group>
        {open && <Runs name={job.name} />}
      </Stack>
    </SettingsCard>
  )
}

function Runs({ name }: Pick<Job, 'name'>) {
  const runs = useQuery(api.jobs.runs.queryOptions({ input: { name, limit: 20 } }))
  if (runs.isPending) return <Skeleton height={60} />
  if (runs.isError) return <Text size="sm">{messageOf(runs.error)}</Text>
  return runs.data.map((run) => <Run key={run.id} run={run} />)
}

function Run({ run }: { run: JobRun }) {
  const took = run.finishedAt ? Date.parse(run.finishedAt) - Date.parse(run.startedAt) : undefined
  return (
    <Text size="sm" {...(run.error && { c: 'red' })}>
      <DateText value={run.startedAt} />
      {': '}
      {run.error ?? run.result ?? (run.finishedAt ? 'done' : 'running')}
      {took !== undefined && ` (${secondsText(took)})`}
    </Text>
  )
}

const secondsText = (milliseconds: number) =>
  milliseconds < 1000 ? `${milliseconds} ms` : `${(milliseconds / 1000).toFixed(1)} s`
