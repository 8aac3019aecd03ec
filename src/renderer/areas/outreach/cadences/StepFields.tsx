/** Everything about one step: when, what, with which words, and how it continues. */
import {
  Button,
  Chip,
  Fieldset,
  Group,
  NumberInput,
  Select,
  Stack,
  Switch,
  Text,
  TextInput,
} from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { StepWindow } from '../../../../contract/agenda/working-time'
import type { StepBranch } from '../../../../contract/outreach/cadences'
import { delayUnits, type MissedPolicy } from '../../../../contract/outreach/words'
import { NumberField } from '../../../ui/NumberField'
import { useWords } from '../../timeline/activities/words'
import type { PreviewLead } from '../messages/TemplatePreview'
import { useSending } from '../messages/useSending'
import { automatedText } from '../plans/automated'
import { BranchFields } from './BranchFields'
import classes from './cadences.module.css'
import { type DraftStep, unitLabels } from './draft'
import { StepText } from './StepText'

export interface StepFieldsProps {
  step: DraftStep
  /** The steps that come after it; those without an id are not saved yet. */
  later: readonly { id: string | undefined; position: number }[]
  /** By field, e.g. `delay`. */
  issues: ReadonlyMap<string, string>
  readOnly: boolean
  /** Who the texts are tried on. */
  previewLead: PreviewLead
  onChange(patch: Partial<DraftStep>): void
}

const missedLabels: { value: MissedPolicy; label: string }[] = [
  { value: 'do_now', label: 'It stays due until it is done' },
  { value: 'move', label: 'It moves to the next working day' },
  { value: 'skip', label: 'It is skipped' },
]
const plainBranch: StepBranch = { when: 'replied', outcomes: [], go: 'end', stepId: null }
const keys = ['A', 'B', 'C', 'D', 'E'] as const

export function StepFields(props: StepFieldsProps) {
  const { step, later, issues, readOnly, previewLead, onChange } = props
  const words = useWords()
  const sending = useSending(null)
  const isEmail = step.type === 'email'
  const setType = (type: string) =>
    onChange({ type, ...(type === 'email' ? {} : { automated: false }) })
  const addVariant = () => {
    const key = keys[Math.max(step.variants.length, 1)]
    if (!key) return
    const first = { key: 'A', weight: 1, subject: step.subject, body: step.body }
    const variants = step.variants.length === 0 ? [first] : step.variants
    onChange({ variants: [...variants, { key, weight: 1, subject: '', body: '' }] })
  }
  const removeVariant = (index: number) => {
    const left = step.variants.filter((_, other) => other !== index)
    const only = left.length === 1 ? left[0] : undefined
    onChange(only ? { variants: [], subject: only.subject, body: only.body } : { variants: left })
  }
  return (
    <Stack gap="md" className={classes.fields}>
      {issues.get('') && (
        <Text size="sm" c="red" role="alert">
          {issues.get('')}
        </Text>
      )}
      <Group align="flex-start" grow preventGrowOverflow={false}>
        <Select
          label="What is done"
          allowDeselect={false}
          disabled={readOnly}
          maw={220}
          data={words.types.map(({ name, label }) => ({ value: name, label }))}
          value={step.type}
          error={issues.get('type')}
          onChange={(type) => type && setType(type)}
        />
        <NumberField
          label="Wait"
          maw={110}
          min={0}
          allowDecimal={false}
          disabled={readOnly}
          value={step.delay}
          error={issues.get('delay')}
          onChange={(delay) => onChange({ delay: delay ?? 0 })}
        />
        <Select
          label="Counted in"
          allowDeselect={false}
          disabled={readOnly}
          maw={190}
          data={delayUnits.map((value) => ({ value, label: unitLabels[value] }))}
          value={step.delayUnit}
          error={issues.get('delayUnit')}
          onChange={(delayUnit) => delayUnit && onChange({ delayUnit })}
        />
      </Group>
      {isEmail && (
        <Switch
          label="Written and sent by Rapport"
          description={`${sending ? automatedText(sending) : ''} Never to whoever opted out.`}
          disabled={readOnly}
          checked={step.automated}
          error={issues.get('automated')}
          onChange={(event) => onChange({ automated: event.currentTarget.checked })}
        />
      )}
      {step.variants.length === 0 ? (
        <StepText
          subject={step.subject}
          body={step.body}
          isEmail={isEmail}
          readOnly={readOnly}
          errors={{ subject: issues.get('subject'), body: issues.get('body') }}
          previewLead={previewLead}
          onChange={onChange}
        />
      ) : (
        step.variants.map((variant, index) => (
          <Fieldset key={variant.key} legend={`Variant ${variant.key}`} disabled={readOnly}>
            <Stack gap="sm">
              <Group justify="space-between" align="flex-end">
                <NumberInput
                  label="Share"
                  description="Against those of the others."
                  maw={140}
                  min={0}
                  max={1000}
                  allowDecimal={false}
                  value={variant.weight}
                  error={issues.get(`variants.${index}.weight`)}
                  onChange={(weight) =>
                    onChange({
                      variants: step.variants.with(index, { ...variant, weight: Number(weight) }),
                    })
                  }
                />
                <Button variant="subtle" color="gray" onClick={() => removeVariant(index)}>
                  Remove variant {variant.key}
                </Button>
              </Group>
              <StepText
                subject={variant.subject}
                body={variant.body}
                isEmail={isEmail}
                readOnly={readOnly}
                errors={{
                  subject: issues.get(`variants.${index}.subject`),
                  body: issues.get(`variants.${index}.body`),
                }}
                previewLead={previewLead}
                onChange={(patch) =>
                  onChange({ variants: step.variants.with(index, { ...variant, ...patch }) })
                }
              />
            </Stack>
          </Fieldset>
        ))
      )}
      {issues.get('variants') && (
        <Text size="sm" c="red" role="alert">
          {issues.get('variants')}
        </Text>
      )}
      {!readOnly && step.variants.length < keys.length && (
        <Group>
          <Button variant="subtle" leftSection={<IconPlus size={14} />} onClick={addVariant}>
            {step.variants.length === 0 ? 'Try two texts against each other' : 'Another variant'}
          </Button>
        </Group>
      )}
      <WindowFields
        window={step.window}
        readOnly={readOnly}
        issues={issues}
        onChange={(window) => onChange({ window })}
      />
      <Select
        label="If it is not done on its day"
        allowDeselect={false}
        disabled={readOnly}
        maw={320}
        data={missedLabels}
        value={step.missed}
        onChange={(missed) => missed && onChange({ missed })}
      />
      <Fieldset legend="What decides how it goes on">
        <Stack gap="sm">
          {step.branches.length === 0 && (
            <Text size="sm" c="dimmed">
              Nothing: the next step follows, whatever comes of this one.
            </Text>
          )}
          {step.branches.map((branch, index) => (
            <BranchFields
              // Branches have no identity of their own: their place is it.
              key={`${step.key} ${index.toString()}`}
              branch={branch}
              later={later}
              readOnly={readOnly}
              error={
                issues.get(`branches.${index}`) ??
                issues.get(`branches.${index}.stepId`) ??
                issues.get(`branches.${index}.outcomes`)
              }
              onChange={(next) => onChange({ branches: step.branches.with(index, next) })}
              onRemove={() =>
                onChange({ branches: step.branches.filter((_, other) => other !== index) })
              }
            />
          ))}
          {!readOnly && step.branches.length < 10 && (
            <Group>
              <Button
                variant="subtle"
                leftSection={<IconPlus size={14} />}
                onClick={() => onChange({ branches: [...step.branches, plainBranch] })}
              >
                Add a branch
              </Button>
            </Group>
          )}
        </Stack>
      </Fieldset>
    </Stack>
  )
}

const weekdayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const usualWindow: StepWindow = { from: '09:00', to: '17:00', weekdays: [1, 2, 3, 4, 5] }

interface WindowFieldsProps {
  window: StepWindow | null
  readOnly: boolean
  issues: ReadonlyMap<string, string>
  onChange(window: StepWindow | null): void
}

/** When a step may be done, in the contact's own time. */
function WindowFields({ window, readOnly, issues, onChange }: WindowFieldsProps) {
  return (
    <Stack gap="sm">
      <Switch
        label="Only at certain hours, in the contact’s own time"
        disabled={readOnly}
        checked={window !== null}
        onChange={(event) => onChange(event.currentTarget.checked ? usualWindow : null)}
      />
      {window && (
        <>
          <Group align="flex-start">
            <TextInput
              type="time"
              label="From"
              disabled={readOnly}
              value={window.from}
              error={issues.get('window.from')}
              onChange={(event) => onChange({ ...window, from: event.currentTarget.value })}
            />
            <TextInput
              type="time"
              label="To"
              disabled={readOnly}
              value={window.to}
              error={issues.get('window.to') ?? issues.get('window')}
              onChange={(event) => onChange({ ...window, to: event.currentTarget.value })}
            />
          </Group>
          <Chip.Group
            multiple
            value={window.weekdays.map(String)}
            onChange={(days) => onChange({ ...window, weekdays: days.map(Number).sort() })}
          >
            <Group gap={6} role="group" aria-label="On which days">
              {weekdayNames.map((name, index) => (
                <Chip key={name} value={String(index + 1)} size="xs" disabled={readOnly}>
                  {name}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
          {issues.get('window.weekdays') && (
            <Text size="xs" c="red" role="alert">
              {issues.get('window.weekdays')}
            </Text>
          )}
        </>
      )}
    </Stack>
  )
}
