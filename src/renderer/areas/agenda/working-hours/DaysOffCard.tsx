/** Days off that no country's list knows: added by hand, or taken from a calendar file. */
import {
  ActionIcon,
  Badge,
  Button,
  FileButton,
  Group,
  Skeleton,
  Text,
  TextInput,
} from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconCalendarDown, IconX } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { api, client } from '../../../api'
import { draftKey } from '../../../app/drafts/key'
import { useFormDraft } from '../../../app/drafts/useFormDraft'
import { fieldErrors, messageOf } from '../../../app/problems'
import { DateField } from '../../../ui/DateField'
import { dateOf, shortText, yearsAfter } from '../../../ui/dates'
import { DraftNotice } from '../../../ui/drafts/DraftNotice'
import { FormProblem, showRefusal } from '../../../ui/forms'
import { useMinute } from '../../../ui/Minute'
import { SettingsCard } from '../../../ui/settings/SettingsFrame'
import classes from './DaysOff.module.css'
import { type Run, runsOf } from './daysOff'

const yearsAhead = 5

export interface DaysOffCardProps {
  /** Undefined is the workspace. */
  userId: string | undefined
  /** The name of somebody else than the one who looks at it. */
  person: string | undefined
  mayChange: boolean
}

export function DaysOffCard({ userId, person, mayChange }: DaysOffCardProps) {
  const now = useMinute()
  const today = dateOf(now)
  const days = useQuery(
    api.workingHours.daysOff.list.queryOptions({
      input: {
        ...(userId === undefined ? {} : { userId }),
        from: today,
        to: yearsAfter(today, yearsAhead),
        storedOnly: true,
      },
    }),
  )
  const remove = useMutation(api.workingHours.daysOff.removeMany.mutationOptions())
  const runs = days.data && runsOf(days.data)
  return (
    <SettingsCard
      title="Other days off"
      text={
        userId === undefined
          ? 'For everybody: the company’s holidays, closing days.'
          : `${person ? `Those of ${person}` : 'Yours'}: holidays, training, part-time days. Those of the workspace hold too.`
      }
      actions={mayChange && <ImportButton userId={userId} />}
    >
      {days.isError ? (
        <Text size="sm" c="red" role="alert">
          {messageOf(days.error)}
        </Text>
      ) : !runs ? (
        <Skeleton height={60} aria-busy="true" aria-label="Loading" />
      ) : runs.length === 0 ? (
        <Text size="sm" c="dimmed">
          None ahead.
        </Text>
      ) : (
        <ul className={classes.list}>
          {runs.map((run) => (
            <li key={`${run.from} ${run.name} ${run.user?.id}`} className={classes.day}>
              <span className={classes.name}>{run.name}</span>
              {userId !== undefined && run.user === null && (
                <Badge size="sm" color="gray">
                  everybody
                </Badge>
              )}
              {run.source === 'calendar' && (
                <Badge size="sm" color="gray">
                  from a file
                </Badge>
              )}
              <span className={classes.date}>{datesText(run, now)}</span>
              {mayChange && (run.user?.id ?? undefined) === userId && (
                <ActionIcon
                  size="sm"
                  aria-label={`Remove ${run.name}, ${datesText(run, now)}`}
                  onClick={() => remove.mutate({ ids: run.ids })}
                >
                  <IconX size={14} stroke={1.8} />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayChange && <AddForm userId={userId} />}
    </SettingsCard>
  )
}

const datesText = ({ from, to, days }: Run, now: Date) =>
  days === 1
    ? shortText(from, now)
    : `${shortText(from, now)} – ${shortText(to, now)}, ${days} days`

const empty: { name: string; from: string | null; to: string | null } = {
  name: '',
  from: null,
  to: null,
}

function AddForm({ userId }: { userId: string | undefined }) {
  const form = useForm({
    initialValues: empty,
    validate: {
      name: (name) => (name.trim() ? null : 'must have a name'),
      from: (from) => (from ? null : 'must be a day'),
      to: (to, { from }) => (to && from && to < from ? 'must not be before the first day' : null),
    },
  })
  const draft = useFormDraft(form, {
    key: draftKey('days-off', userId ?? 'everybody'),
    title: 'New days off',
    blank: empty,
  })
  const add = useMutation({
    ...api.workingHours.daysOff.add.mutationOptions(),
    meta: { showsProblem: true },
    onSuccess: (_added, { name }) => {
      // What was typed since is the next one.
      if (form.getValues().name === name) form.reset()
    },
    onError: (error) => showRefusal(form, error),
  })
  return (
    <form
      noValidate
      aria-label="Add days off"
      onSubmit={form.onSubmit(({ name, from, to }) => {
        if (from) add.mutate({ userId: userId ?? null, name, from, ...(to && { to }) })
      })}
    >
      <DraftNotice draft={draft} />
      <Group gap="sm" align="flex-start">
        <TextInput
          label="Name"
          placeholder="Holiday"
          maxLength={120}
          flex="1 1 170px"
          {...form.getInputProps('name')}
        />
        <DateField
          label="First day"
          w={150}
          value={form.values.from}
          error={form.errors.from}
          onChange={(date) => form.setFieldValue('from', date)}
        />
        <DateField
          label="Last day"
          w={150}
          value={form.values.to}
          error={form.errors.to}
          onChange={(date) => form.setFieldValue('to', date)}
        />
        <Button type="submit" variant="default" loading={add.isPending} mt={22}>
          Add
        </Button>
      </Group>
      <FormProblem form={form} />
    </form>
  )
}

function ImportButton({ userId }: { userId: string | undefined }) {
  const take = useMutation({
    mutationFn: async (file: File) =>
      client.workingHours.daysOff.importCalendar({
        userId: userId ?? null,
        ics: await file.text(),
      }),
    meta: { showsProblem: true },
  })
  return (
    <Group gap="sm" justify="flex-end">
      {take.isError && (
        <Text size="sm" c="red" role="alert">
          {problemOfFile(take.error)}
        </Text>
      )}
      {take.data && (
        <Text size="sm" c="dimmed" role="status">
          {take.data.changed > 0
            ? `${take.data.changed.toLocaleString()} ${take.data.changed === 1 ? 'day' : 'days'} added`
            : take.data.skipped > 0
              ? 'You already have all of these days'
              : 'No days added'}
          {take.data.setAside.slice(0, 5).map(({ name, reason }) => (
            <Text key={`${name} ${reason}`} component="span" display="block" size="sm" c="red">
              Couldn’t read “{name}”: {reason}
            </Text>
          ))}
          {take.data.setAside.length > 5 &&
            `and ${(take.data.setAside.length - 5).toLocaleString()} more that couldn’t be read`}
        </Text>
      )}
      <FileButton
        accept=".ics,text/calendar"
        onChange={(file) => file && take.mutate(file)}
        inputProps={{ 'aria-label': 'Calendar file with days off' }}
      >
        {(props) => (
          <Button
            {...props}
            variant="default"
            loading={take.isPending}
            leftSection={<IconCalendarDown size={16} />}
          >
            Import .ics
          </Button>
        )}
      </FileButton>
    </Group>
  )
}

function problemOfFile(error: unknown): string {
  const { ics } = fieldErrors(error, ['ics'])
  return ics ? `The file ${ics}.` : messageOf(error)
}
