/** The form of a week's hours and the country whose holidays are kept. */
import { Button, Group, SegmentedControl, SimpleGrid, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { WorkingHours } from '../../../../contract/agenda/working-hours'
import { api } from '../../../api'
import { recordIn } from '../../../app/clashes/edit'
import { draftKey } from '../../../app/drafts/key'
import { useDraftRequest } from '../../../app/drafts/useDraft'
import { useFormDraft } from '../../../app/drafts/useFormDraft'
import { DraftNotice } from '../../../ui/drafts/DraftNotice'
import { FormProblem, showRefusal, useEditedRecord } from '../../../ui/forms'
import { SearchSelect } from '../../../ui/SearchSelect'
import { SettingsCard } from '../../../ui/settings/SettingsFrame'
import { WeekEditor } from './WeekEditor'
import classes from './WeekEditor.module.css'
import { dayNames, hoursText, problemOf, problemOfWeek, spansText } from './week'

export interface HoursFormProps {
  /** Undefined is the workspace. */
  userId: string | undefined
  /** The name of somebody else than the one who looks at it. */
  person: string | undefined
  /** What is set for exactly this one. */
  own: WorkingHours | null
  /** What counts. */
  effective: WorkingHours
  mayChange: boolean
  /** Called with the holidays that are selected and not saved yet; null where none are. */
  onTry(holidays: Pick<WorkingHours, 'country' | 'region'> | null): void
}

export function HoursForm(props: HoursFormProps) {
  const { userId, person, own, effective, mayChange, onTry } = props
  const [beginning, setBeginning] = useState(false)
  useDraftRequest(
    (key) => mayChange && key === hoursKey(userId),
    () => setBeginning(true),
  )
  const clear = useMutation(api.workingHours.clear.mutationOptions())
  const follows = userId !== undefined && own === null && !beginning
  return (
    <SettingsCard title="Hours" text={`${hoursText(effective.hours)} a week.`}>
      {userId !== undefined && mayChange && (
        <SegmentedControl
          aria-label={`Which hours hold for ${person ?? 'me'}`}
          data={[
            { value: 'workspace', label: 'As the workspace' },
            { value: 'own', label: person ? 'Their own' : 'My own' },
          ]}
          value={follows ? 'workspace' : 'own'}
          disabled={clear.isPending}
          onChange={(value) => {
            setBeginning(value === 'own')
            onTry(null)
            if (value === 'workspace' && own) clear.mutate({ userId })
          }}
          maw={340}
          fullWidth
        />
      )}
      {follows || !mayChange ? (
        <WeekText hours={effective} />
      ) : (
        <Editor
          userId={userId}
          stored={own ?? effective}
          isNew={beginning && own === null}
          onSaved={() => setBeginning(false)}
          onTry={onTry}
        />
      )}
    </SettingsCard>
  )
}

function WeekText({ hours }: { hours: WorkingHours }) {
  const { countryName, regionName } = useCountries(hours.country, hours.region)
  return (
    <Stack gap="sm">
      <ul className={classes.week}>
        {dayNames.map((name, day) => {
          const spans = hours.hours[day] ?? []
          return (
            <li key={name} className={classes.line}>
              <span>{name}</span>
              <Text size="sm" className="tabular" c={spans.length === 0 ? 'dimmed' : 'inherit'}>
                {spansText(spans)}
              </Text>
            </li>
          )
        })}
      </ul>
      <Text size="sm" c="dimmed">
        {countryName
          ? `Public holidays of ${regionName ? `${regionName}, ` : ''}${countryName} are kept.`
          : 'No country’s public holidays are kept.'}
      </Text>
    </Stack>
  )
}

/** @param userId undefined is the workspace */
const hoursKey = (userId: string | undefined) => draftKey('working-hours', userId ?? 'workspace')

interface EditorProps {
  userId: string | undefined
  stored: WorkingHours
  /** Not stored yet: what the workspace has is only where it begins. */
  isNew: boolean
  onSaved(): void
  onTry: HoursFormProps['onTry']
}

const valuesOf = ({ hours, country, region }: WorkingHours) => ({ hours, country, region })

function Editor({ userId, stored, isNew, onSaved, onTry }: EditorProps) {
  const form = useForm({ initialValues: valuesOf(stored) })
  const edited = useEditedRecord(form, stored, valuesOf)
  const draft = useFormDraft(form, {
    key: hoursKey(userId),
    title: 'Working hours',
    recordId: userId,
    blank: valuesOf(stored),
    basedOn: stored,
  })
  const { hours, country, region } = form.values
  const { countries, regions, isPending } = useCountries(country, region)
  const isTried = country !== stored.country || region !== stored.region
  useEffect(() => {
    onTry(isTried ? { country, region } : null)
  }, [isTried, country, region, onTry])
  const save = useMutation({
    ...api.workingHours.set.mutationOptions(),
    meta: { showsProblem: true },
    onSuccess: (saved) => {
      draft.saved()
      edited.saved(saved)
      onSaved()
    },
    onError: (error) => showRefusal(form, error),
  })
  const problem = problemOfWeek(hours)
  const wrong = problem !== undefined || hours.some((spans) => problemOf(spans) !== undefined)
  const changed = form.isDirty()
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) =>
        // All of it is set at once: nothing may be left out.
        save.mutate({
          userId: userId ?? null,
          ...values,
          basedOn: valuesOf(recordIn(draft.restoredFrom, edited.before())),
        }),
      )}
    >
      <Stack gap="md">
        <DraftNotice draft={draft} />
        <WeekEditor value={hours} onChange={(next) => form.setFieldValue('hours', next)} />
        {(problem ?? form.errors.hours) && (
          <Text size="sm" c="red" role="alert">
            {problem ?? form.errors.hours}
          </Text>
        )}
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <SearchSelect
            label="Public holidays of"
            description={
              userId === undefined &&
              'Phone numbers without a country code are read as numbers of this country, too.'
            }
            placeholder={isPending ? 'Loading…' : 'No country'}
            clearable
            nothingFoundMessage="No list of holidays for that"
            data={countries}
            {...form.getInputProps('country')}
            onChange={(value) => {
              form.setFieldValue('country', value)
              form.setFieldValue('region', null)
            }}
          />
          {regions.length > 0 && (
            <SearchSelect
              label="State or region"
              placeholder="Only those of the whole country"
              clearable
              nothingFoundMessage="No such region"
              data={regions}
              {...form.getInputProps('region')}
            />
          )}
        </SimpleGrid>
        <FormProblem form={form} />
        <Group>
          <Button type="submit" loading={save.isPending} disabled={wrong || (!changed && !isNew)}>
            Save
          </Button>
          {changed && (
            <Button variant="default" onClick={draft.startOver}>
              Discard changes
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}

/** The countries with a list of holidays, the regions of one, and what both are called. */
function useCountries(country: string | null, region: string | null) {
  const { data, isPending } = useQuery({
    ...api.workingHours.daysOff.countries.queryOptions(),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const found = data?.find(({ code }) => code === country)
  const option = ({ code, name }: { code: string; name: string }) => ({ value: code, label: name })
  return {
    isPending,
    countries: (data ?? []).map(option),
    regions: (found?.regions ?? []).map(option),
    countryName: found?.name ?? country,
    regionName: found?.regions.find(({ code }) => code === region)?.name ?? region,
  }
}
