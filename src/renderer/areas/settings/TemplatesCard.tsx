/** Activity templates: common actions logged or planned with one choice. */
import {
  ActionIcon,
  Badge,
  Button,
  Group,
  Modal,
  NumberInput,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconPencil, IconPlus, IconTemplate, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { zod4Resolver } from 'mantine-form-zod-resolver'
import { useState } from 'react'
import * as z from 'zod'
import { ActivityTemplate, type Word } from '../../../contract/activities'
import { api } from '../../api'
import { useMay } from '../../app/session'
import { EmptyState } from '../../ui/EmptyState'
import { FormProblem, showRefusal, textOrNull, wholeNumber } from './forms'
import { LoadState } from './LoadState'
import { SettingsCard } from './SettingsFrame'
import classes from './WordsSection.module.css'

export function TemplatesCard() {
  const mayWrite = useMay('write')
  const cache = useQueryClient()
  const templates = useQuery(api.activities.templates.list.queryOptions())
  const types = useQuery(api.activities.types.list.queryOptions()).data ?? []
  const [editing, setEditing] = useState<ActivityTemplate | 'new' | null>(null)
  const remove = useMutation({
    ...api.activities.templates.remove.mutationOptions(),
    onSuccess: () => cache.invalidateQueries({ queryKey: api.activities.templates.key() }),
  })
  return (
    <SettingsCard
      title="Templates"
      text="Common actions, filled in beforehand: one choice logs or plans them."
      flush
      actions={
        mayWrite && (
          <Button
            variant="default"
            leftSection={<IconPlus size={14} />}
            onClick={() => setEditing('new')}
          >
            Add a template
          </Button>
        )
      }
    >
      <LoadState query={templates} what="the templates">
        {(found) =>
          found.length === 0 ? (
            <EmptyState size="sm" icon={IconTemplate} title="No templates yet" />
          ) : (
            <ul className={classes.words}>
              {found.map((template) => (
                <li key={template.id} className={classes.word}>
                  <Stack gap={0} flex={1} miw={0}>
                    <Group gap={8}>
                      <Text size="sm" fw={500}>
                        {template.name}
                      </Text>
                      <Badge color="gray">{labelOf(template.type, types)}</Badge>
                    </Group>
                    <Text size="xs" c="dimmed" truncate>
                      {[template.subject, planOf(template)].filter(Boolean).join(' · ')}
                    </Text>
                  </Stack>
                  {mayWrite && (
                    <Group gap={2} wrap="nowrap">
                      <Tooltip label="Change">
                        <ActionIcon
                          aria-label={`Change ${template.name}`}
                          onClick={() => setEditing(template)}
                        >
                          <IconPencil size={16} stroke={1.6} />
                        </ActionIcon>
                      </Tooltip>
                      <Tooltip label="Delete">
                        <ActionIcon
                          aria-label={`Delete ${template.name}`}
                          onClick={() => remove.mutate({ id: template.id })}
                        >
                          <IconTrash size={16} stroke={1.6} />
                        </ActionIcon>
                      </Tooltip>
                    </Group>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </LoadState>
      {editing && (
        <TemplateDialog
          template={editing === 'new' ? undefined : editing}
          types={types}
          onClose={() => setEditing(null)}
        />
      )}
    </SettingsCard>
  )
}

const labelOf = (name: string, words: readonly Word[]) =>
  words.find((word) => word.name === name)?.label ?? name

function planOf({ scheduleInDays: days }: ActivityTemplate): string {
  if (days === null) return 'logged as done'
  if (days === 0) return 'planned for today'
  return days === 1 ? 'planned for tomorrow' : `planned in ${days} days`
}

const Values = z.object({
  name: ActivityTemplate.shape.name,
  type: z.string().min(1, 'must be chosen'),
  subject: z.string().max(255, 'must have at most 255 characters'),
  description: z.string().max(100_000),
  outcome: z.string().nullable(),
  direction: ActivityTemplate.shape.direction,
  durationMinutes: z.union([z.literal(''), wholeNumber(0, 44_640)]),
  scheduleInDays: z.union([z.literal(''), wholeNumber(0, 3650)]),
})
const check = zod4Resolver(Values)

interface TemplateDialogProps {
  template: ActivityTemplate | undefined
  types: readonly Word[]
  onClose(): void
}

function TemplateDialog({ template, types, onClose }: TemplateDialogProps) {
  const cache = useQueryClient()
  const outcomes = useQuery(api.activities.outcomes.list.queryOptions()).data ?? []
  const form = useForm<z.output<typeof Values>>({
    initialValues: {
      name: template?.name ?? '',
      type: template?.type ?? 'call',
      subject: template?.subject ?? '',
      description: template?.description ?? '',
      outcome: template?.outcome ?? null,
      direction: template?.direction ?? null,
      durationMinutes: template?.durationMinutes ?? '',
      scheduleInDays: template?.scheduleInDays ?? '',
    },
    validate: check,
  })
  const done = {
    meta: { showsProblem: true },
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: api.activities.templates.key() })
      onClose()
    },
    onError: (error: unknown) => showRefusal(form, error),
  }
  const create = useMutation({ ...api.activities.templates.create.mutationOptions(), ...done })
  const update = useMutation({ ...api.activities.templates.update.mutationOptions(), ...done })
  const planned = form.values.scheduleInDays !== ''
  return (
    <Modal opened onClose={onClose} title={template ? `Change “${template.name}”` : 'New template'}>
      <form
        noValidate
        onSubmit={form.onSubmit((values) => {
          const fields = {
            ...values,
            subject: textOrNull(values.subject),
            description: textOrNull(values.description),
            durationMinutes: numberOrNull(values.durationMinutes),
            scheduleInDays: numberOrNull(values.scheduleInDays),
            outcome: planned ? null : values.outcome,
          }
          if (template) update.mutate({ id: template.id, ...fields })
          else create.mutate(fields)
        })}
      >
        <Stack gap="md">
          <TextInput
            label="Name"
            placeholder="e.g. Discovery call"
            required
            data-autofocus
            maxLength={80}
            {...form.getInputProps('name')}
          />
          <Select
            label="Type"
            required
            allowDeselect={false}
            data={choices(types, form.values.type)}
            {...form.getInputProps('type')}
          />
          <TextInput label="Subject" maxLength={255} {...form.getInputProps('subject')} />
          <Textarea
            label="Description"
            autosize
            minRows={2}
            maxRows={8}
            {...form.getInputProps('description')}
          />
          <SegmentedControl
            aria-label="When"
            data={[
              { value: 'done', label: 'Logged as done' },
              { value: 'planned', label: 'Planned ahead' },
            ]}
            value={planned ? 'planned' : 'done'}
            onChange={(value) => form.setFieldValue('scheduleInDays', value === 'planned' ? 1 : '')}
          />
          <SimpleGrid cols={2}>
            {planned ? (
              <NumberInput
                label="In how many days"
                min={0}
                max={3650}
                allowDecimal={false}
                {...form.getInputProps('scheduleInDays')}
              />
            ) : (
              <Select
                label="Outcome"
                clearable
                data={choices(outcomes, form.values.outcome)}
                {...form.getInputProps('outcome')}
              />
            )}
            <NumberInput
              label="Minutes"
              min={0}
              max={44_640}
              allowDecimal={false}
              {...form.getInputProps('durationMinutes')}
            />
          </SimpleGrid>
          <Select
            label="Direction"
            clearable
            placeholder="Either"
            data={[
              { value: 'outbound', label: 'From us' },
              { value: 'inbound', label: 'To us' },
            ]}
            {...form.getInputProps('direction')}
          />
          <FormProblem form={form} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending || update.isPending}>
              {template ? 'Save' : 'Add the template'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

const numberOrNull = (value: number | '') => (value === '' ? null : value)

/** Words in use, and the one chosen before it went out of use. */
const choices = (words: readonly Word[], chosen: string | null) =>
  words
    .filter(({ active, name }) => active || name === chosen)
    .map(({ name, label }) => ({ value: name, label }))
