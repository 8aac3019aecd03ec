/** What Rapport does by itself: when each job ran, how it went, when it runs next. */
import {
  ActionIcon,
  Badge,
  Button,
  Collapse,
  Group,
  Loader,
  Stack,
  Text,
  Tooltip,
} from '@mantine/core'
import {
  IconAlertTriangle,
  IconChevronDown,
  IconCircleCheck,
  IconPlayerPause,
  IconPlayerPlay,
  IconRefresh,
} from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Job, JobRun } from '../../../../contract/background/jobs'
import { api } from '../../../api'
import { useMay } from '../../../app/session'
import { DateText } from '../../../ui/DateText'
import { LoadState } from '../../../ui/LoadState'
import { ReadOnlyNote } from '../../../ui/settings/ReadOnlyNote'
import { SettingsCard, SettingsFrame } from '../../../ui/settings/SettingsFrame'
import classes from './Jobs.module.css'
import { lengthText } from './length'
import { RecordAnchor } from './RecordAnchor'

/** Next runs pass by the clock alone, without any change of a row. */
const refreshEvery = 15_000

export function JobsSection() {
  const mayConfigure = useMay('configure')
  const jobs = useQuery({ ...api.jobs.list.queryOptions(), refetchInterval: refreshEvery })
  return (
    <SettingsFrame
      title="Jobs"
      text="What Rapport does by itself while it runs, the window open or not. What was missed meanwhile is made up for once."
    >
      {!mayConfigure && <ReadOnlyNote who="Managers and admins" />}
      <SettingsCard flush>
        <LoadState query={jobs} what="the jobs">
          {(found) => (
            <div>
              {found.map((job) => (
                <JobRow key={job.name} job={job} editable={mayConfigure} />
              ))}
            </div>
          )}
        </LoadState>
      </SettingsCard>
      <Skipped editable={mayConfigure} />
    </SettingsFrame>
  )
}

/** Records that jobs leave alone, as a person wanted it. */
function Skipped({ editable }: { editable: boolean }) {
  const cache = useQueryClient()
  const safeStart = useQuery(api.jobs.safeStart.queryOptions())
  const skip = useMutation({
    ...api.jobs.skip.mutationOptions(),
    onSuccess: () => cache.invalidateQueries({ queryKey: api.jobs.key() }),
  })
  const skipped = safeStart.data?.skipped ?? []
  if (skipped.length === 0) return null
  return (
    <SettingsCard
      title="Skipped records"
      text="Jobs leave these alone because Rapport’s database stopped answering at them."
    >
      <Stack gap="xs">
        {skipped.map((record) => (
          <Group key={`${record.kind} ${record.id}`} justify="space-between">
            <Text size="sm">
              <RecordAnchor record={record} />
            </Text>
            {editable && (
              <Button
                size="xs"
                variant="default"
                loading={skip.isPending}
                onClick={() => skip.mutate({ kind: record.kind, id: record.id, skipped: false })}
              >
                Stop skipping
              </Button>
            )}
          </Group>
        ))}
      </Stack>
    </SettingsCard>
  )
}

function JobRow({ job, editable }: { job: Job; editable: boolean }) {
  const cache = useQueryClient()
  const [opened, setOpened] = useState(false)
  const onSuccess = () => cache.invalidateQueries({ queryKey: api.jobs.key() })
  const run = useMutation({ ...api.jobs.run.mutationOptions(), onSuccess })
  const pause = useMutation({ ...api.jobs.pause.mutationOptions(), onSuccess })
  const { name, label, schedule, paused, stopped, lastRun, nextRunAt } = job
  const running = job.running || run.isPending
  return (
    <section className={classes.job} aria-label={label}>
      <div className={classes.row}>
        <Stack gap={1} className={classes.what}>
          <Group gap={8}>
            <Text size="sm" fw={600}>
              {label}
            </Text>
            {paused && <Badge color="amber">Paused</Badge>}
            {running && <Loader size={13} aria-label="Running" />}
          </Group>
          <Text size="xs" c="dimmed">
            {schedule}
            {nextRunAt && (
              <>
                {' · next '}
                <DateText value={nextRunAt} />
              </>
            )}
          </Text>
          {stopped && (
            <Text size="xs" c="red">
              Rapport’s database stopped answering in this job <DateText value={stopped.at} />
              {stopped.work?.record && (
                <>
                  {' at '}
                  <RecordAnchor record={stopped.work.record} />
                </>
              )}
              .
            </Text>
          )}
        </Stack>
        <div className={classes.last}>
          {lastRun ? (
            <Outcome run={lastRun} />
          ) : (
            <Text size="xs" c="dimmed">
              Has not run yet
            </Text>
          )}
        </div>
        <Group gap={2} wrap="nowrap" className={classes.tools}>
          {editable && (
            <>
              <Button
                variant="default"
                leftSection={<IconRefresh size={15} />}
                disabled={running}
                aria-label={`Run now: ${label}`}
                onClick={() => run.mutate({ name })}
              >
                Run now
              </Button>
              <Tooltip label={paused ? 'Go on' : 'Pause'}>
                <ActionIcon
                  aria-label={`${paused ? 'Go on' : 'Pause'}: ${label}`}
                  loading={pause.isPending}
                  onClick={() => pause.mutate({ name, paused: !paused })}
                >
                  {paused ? (
                    <IconPlayerPlay size={17} stroke={1.6} />
                  ) : (
                    <IconPlayerPause size={17} stroke={1.6} />
                  )}
                </ActionIcon>
              </Tooltip>
            </>
          )}
          <Tooltip label="Earlier runs">
            <ActionIcon
              className={classes.unfold}
              aria-label={`Earlier runs: ${label}`}
              aria-expanded={opened}
              onClick={() => setOpened(!opened)}
            >
              <IconChevronDown size={17} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
        </Group>
      </div>
      <Collapse expanded={opened}>{opened && <Runs job={job} />}</Collapse>
    </section>
  )
}

function Outcome({ run }: { run: JobRun }) {
  const { startedAt, finishedAt, result, error } = run
  return (
    <>
      <Text size="sm" component="div" className={classes.outcome} {...(error ? { c: 'red' } : {})}>
        {error ? (
          <IconAlertTriangle size={15} role="img" aria-label="Failed" />
        ) : finishedAt ? (
          <IconCircleCheck size={15} className={classes.sound} role="img" aria-label="Done" />
        ) : (
          <Loader size={13} aria-label="Running" />
        )}
        <span>{error ?? result ?? (finishedAt ? 'Nothing to do' : 'Running')}</span>
      </Text>
      <Text size="xs" c="dimmed">
        <DateText value={startedAt} />
        {finishedAt && ` · took ${lengthText(startedAt, finishedAt)}`}
      </Text>
    </>
  )
}

function Runs({ job }: { job: Job }) {
  const runs = useQuery(api.jobs.runs.queryOptions({ input: { name: job.name, limit: 20 } }))
  return (
    <div className={classes.runs}>
      <LoadState query={runs} what="its earlier runs">
        {(found) =>
          found.length === 0 ? (
            <Text size="sm" c="dimmed" py={6}>
              None yet.
            </Text>
          ) : (
            <ul className={classes.list}>
              {found.map((run) => (
                <li key={run.id}>
                  <Outcome run={run} />
                </li>
              ))}
            </ul>
          )
        }
      </LoadState>
    </div>
  )
}
