/** Activity templates: what is logged often, filled in beforehand. */
import {
  ActionIcon,
  Button,
  Group,
  Modal,
  Select,
  Skeleton,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core'
import { IconCloudOff, IconPencil, IconPlus, IconTemplate, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ActivityTemplate } from '../../../../contract/timeline/activities'
import type { Direction } from '../../../../contract/timeline/words'
import { api } from '../../../api'
import { editFrom, recordIn } from '../../../app/clashes/edit'
import { draftKey } from '../../../app/drafts/key'
import { useDraft, useDraftRequest } from '../../../app/drafts/useDraft'
import { fieldErrors, messageOf } from '../../../app/problems'
import { useMay, useMayChange } from '../../../app/session'
import { durationText } from '../../../ui/dates'
import { CancelButton } from '../../../ui/drafts/CancelButton'
import { DraftNotice } from '../../../ui/drafts/DraftNotice'
import { EmptyState } from '../../../ui/EmptyState'
import { textOrNull } from '../../../ui/forms'
import { NumberField } from '../../../ui/NumberField'
import classes from './Activities.module.css'
import { hasDirection } from './draft'
import timeline from './Timeline.module.css'
import { iconOf, useWords } from './words'

export default function Templates() {
  const mayWrite = useMay('write')
  const mayChange = useMayChange()
  const words = useWords()
  const templates = useQuery(api.activities.templates.list.queryOptions())
  const remove = useMutation(api.activities.templates.remove.mutationOptions())
  const [editing, setEditing] = useState<ActivityTemplate | 'new' | null>(null)
  const templateOf = (key: string) =>
    key === templateKey(null)
      ? 'new'
      : templates.data?.find((template) => templateKey(template) === key)
  useDraftRequest(
    (key) => mayWrite && templateOf(key) !== undefined,
    (key) => setEditing(templateOf(key) ?? null),
  )
  return (
    <div className={classes.scroll}>
      <div className={classes.column}>
        <Group justify="space-between" mb="sm" wrap="nowrap">
          <Text size="sm" c="dimmed">
            A template fills in type, text and outcome with one press; it is offered wherever an
            activity is written.
          </Text>
          {mayWrite && (
            <Button
              flex="none"
              leftSection={<IconPlus size={15} />}
              onClick={() => setEditing('new')}
            >
              Template
            </Button>
          )}
        </Group>
        {templates.isPending && <Skeleton height={160} radius="lg" />}
        {templates.isError && (
          <EmptyState
            icon={IconCloudOff}
            title="The templates cannot be shown"
            text={messageOf(templates.error)}
          />
        )}
        {templates.data?.length === 0 && (
          <EmptyState
            icon={IconTemplate}
            title="No templates yet"
            text="Make one for what you log every day."
          />
        )}
        {templates.data?.map((template) => {
          const Icon = iconOf(template.type)
          return (
            <div key={template.id} className={timeline.item}>
              <span className={timeline.icon}>
                <Icon size={16} stroke={1.7} aria-hidden />
              </span>
              <div className={timeline.body}>
                <Text size="sm" fw={600}>
                  {template.name}
                </Text>
                <Text size="xs" c="dimmed">
                  {[
                    words.typeLabel(template.type),
                    template.subject,
                    template.outcome && words.outcomeLabel(template.outcome),
                    template.durationMinutes && durationText(template.durationMinutes),
                    template.scheduleInDays !== null && plannedText(template.scheduleInDays),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </Text>
                {template.description && (
                  <Text size="sm" lineClamp={2}>
                    {template.description}
                  </Text>
                )}
              </div>
              {mayWrite && mayChange(template) && (
                <Group gap={2} wrap="nowrap">
                  <ActionIcon
                    aria-label={`Edit ${template.name}`}
                    onClick={() => setEditing(template)}
                  >
                    <IconPencil size={16} />
                  </ActionIcon>
                  <ActionIcon
                    aria-label={`Delete ${template.name}`}
                    onClick={() => remove.mutate({ id: template.id })}
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                </Group>
              )}
            </div>
          )
        })}
      </div>
      {editing && (
        <TemplateDialog
          template={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
        />
      )}
    </div>
  )
}

const plannedText = (days: number) =>
  days === 0 ? 'planned for today' : `planned ${days} ${days === 1 ? 'day' : 'days'} ahead`

const fields = [
  'name',
  'type',
  'subject',
  'description',
  'durationMinutes',
  'outcome',
  'direction',
  'scheduleInDays',
]

interface Values {
  name: string
  type: string
  subject: string
  description: string
  minutes: number | null
  outcome: string | null
  direction: Direction | null
  days: number | null
}

const templateKey = (template: { id: string } | null) =>
  draftKey('activity-template', template?.id ?? 'new')

interface TemplateDialogProps {
  template: ActivityTemplate | null
  onClose(): void
}

function TemplateDialog({ template, onClose }: TemplateDialogProps) {
  const words = useWords()
  const [values, setValues, draft] = useDraft<Values>({
    key: templateKey(template),
    title: template ? `Activity template ${template.name}` : 'New activity template',
    recordId: template?.id,
    basedOn: template ?? undefined,
    initial: {
      name: template?.name ?? '',
      type: template?.type ?? 'call',
      subject: template?.subject ?? '',
      description: template?.description ?? '',
      minutes: template?.durationMinutes ?? null,
      outcome: template?.outcome ?? null,
      direction: template?.direction ?? null,
      days: template?.scheduleInDays ?? null,
    },
  })
  const { name, type, subject, description, minutes, outcome, direction, days } = values
  const change = (part: Partial<Values>) => setValues((before) => ({ ...before, ...part }))
  const done = {
    meta: { showsProblem: true },
    onSuccess: () => {
      draft.done()
      onClose()
    },
  }
  const create = useMutation(api.activities.templates.create.mutationOptions(done))
  const update = useMutation(api.activities.templates.update.mutationOptions(done))
  const error = create.error ?? update.error
  const errors = error ? fieldErrors(error, fields) : {}
  const general = error && Object.keys(errors).length === 0 ? messageOf(error) : errors['']
  const save = () => {
    const input = {
      name,
      type,
      subject: textOrNull(subject),
      description: textOrNull(description),
      durationMinutes: minutes,
      outcome,
      direction: hasDirection(type) ? direction : null,
      scheduleInDays: days,
    }
    if (template) {
      const before = recordIn(draft.basedOn, template)
      update.mutate({ id: template.id, ...editFrom(before, input) })
    } else create.mutate(input)
  }
  return (
    <Modal opened onClose={onClose} title={template ? 'Change the template' : 'New template'}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <Stack gap="sm">
          <DraftNotice draft={draft} />
          <TextInput
            label="Name"
            data-autofocus
            required
            value={name}
            error={errors.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <Group grow align="flex-start">
            <Select
              label="Type"
              allowDeselect={false}
              data={words.types.map((word) => ({ value: word.name, label: word.label }))}
              value={type}
              error={errors.type}
              onChange={(next) => next && change({ type: next })}
            />
            <Select
              label="Outcome"
              clearable
              data={words.outcomes.map((word) => ({ value: word.name, label: word.label }))}
              value={outcome}
              error={errors.outcome}
              onChange={(next) => change({ outcome: next })}
            />
          </Group>
          <TextInput
            label="Subject"
            value={subject}
            error={errors.subject}
            onChange={(event) => change({ subject: event.currentTarget.value })}
          />
          <Textarea
            label="Text"
            autosize
            minRows={3}
            maxRows={10}
            value={description}
            error={errors.description}
            onChange={(event) => change({ description: event.currentTarget.value })}
          />
          <Group grow align="flex-start">
            <NumberField
              label="Minutes"
              min={0}
              allowDecimal={false}
              value={minutes}
              error={errors.durationMinutes}
              onChange={(next) => change({ minutes: next })}
            />
            <NumberField
              label="Plan days ahead"
              description="Empty logs it as done."
              min={0}
              max={3650}
              allowDecimal={false}
              value={days}
              error={errors.scheduleInDays}
              onChange={(next) => change({ days: next })}
            />
          </Group>
          {hasDirection(type) && (
            <Select
              label="Direction"
              clearable
              data={[
                { value: 'outbound', label: 'Outgoing' },
                { value: 'inbound', label: 'Incoming' },
              ]}
              value={direction}
              onChange={(value) => change({ direction: value as Direction | null })}
            />
          )}
          {general && (
            <Text size="sm" c="red" role="alert">
              {general}
            </Text>
          )}
          <Group justify="flex-end">
            <CancelButton draft={draft} onClose={onClose} />
            <Button type="submit" loading={create.isPending || update.isPending}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
