/** Custom fields: what else a workspace keeps about its companies, contacts, leads and customers. */
import {
  Badge,
  Button,
  Group,
  Modal,
  Select,
  Stack,
  Table,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core'
import { useForm } from '@mantine/form'
import { modals } from '@mantine/modals'
import { IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { zod4Resolver } from 'mantine-form-zod-resolver'
import { useState } from 'react'
import * as z from 'zod'
import {
  CustomField,
  customFieldTables,
  hasChoices,
} from '../../../../contract/kernel/custom-fields'
import { customFieldTypes } from '../../../../contract/kernel/words'
import { api } from '../../../api'
import { editFrom, recordIn } from '../../../app/clashes/edit'
import { draftKey } from '../../../app/drafts/key'
import { useDraftRequest } from '../../../app/drafts/useDraft'
import { useFormDraft } from '../../../app/drafts/useFormDraft'
import { kinds } from '../../../app/records'
import { useMay } from '../../../app/session'
import { customTypeNames } from '../../../ui/customFields'
import { CancelButton } from '../../../ui/drafts/CancelButton'
import { DraftNotice } from '../../../ui/drafts/DraftNotice'
import { FormProblem, showRefusal } from '../../../ui/forms'
import { LoadState } from '../../../ui/LoadState'
import { RowActions } from '../../../ui/RowActions'
import { SearchSelect } from '../../../ui/SearchSelect'
import { ReadOnlyNote } from '../../../ui/settings/ReadOnlyNote'
import { SettingsCard, SettingsFrame } from '../../../ui/settings/SettingsFrame'
import { useCurrencies } from '../../../ui/useCurrencies'

type FieldTable = CustomField['table']

export function FieldsSection() {
  const mayConfigure = useMay('configure')
  const fields = useQuery(api.settings.customFields.list.queryOptions({ input: {} }))
  const [editing, setEditing] = useState<CustomField | FieldTable | null>(null)
  const fieldOf = (key: string) =>
    [...customFieldTables, ...(fields.data ?? [])].find(
      (field) => key === draftKey('field', typeof field === 'string' ? field : field.id),
    )
  useDraftRequest(
    (key) => fieldOf(key) !== undefined,
    (key) => setEditing(fieldOf(key) ?? null),
  )
  return (
    <SettingsFrame
      title="Custom fields"
      text="What else you keep about a record. The fields stand on its page, in lists, filters, imports and exports."
    >
      {!mayConfigure && <ReadOnlyNote who="Managers and admins" />}
      <LoadState query={fields} what="the custom fields">
        {(found) =>
          customFieldTables.map((table) => (
            <SettingsCard
              key={table}
              title={capital(kinds[table].many)}
              flush
              actions={
                mayConfigure && (
                  <Button
                    variant="default"
                    leftSection={<IconPlus size={14} />}
                    onClick={() => setEditing(table)}
                  >
                    Add a field
                  </Button>
                )
              }
            >
              <FieldTableOf
                fields={found.filter((field) => field.table === table)}
                onEdit={mayConfigure ? setEditing : undefined}
              />
            </SettingsCard>
          ))
        }
      </LoadState>
      {editing !== null && <FieldDialog field={editing} onClose={() => setEditing(null)} />}
    </SettingsFrame>
  )
}

interface FieldTableOfProps {
  fields: CustomField[]
  onEdit: ((field: CustomField) => void) | undefined
}

function FieldTableOf({ fields, onEdit }: FieldTableOfProps) {
  const remove = useRemoveField()
  if (fields.length === 0) {
    return (
      <Text size="sm" c="dimmed" px={18} pb={14}>
        None yet
      </Text>
    )
  }
  return (
    <Table.ScrollContainer minWidth={420}>
      <Table borderColor="var(--line)" verticalSpacing={6} horizontalSpacing={18} withRowBorders>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Label</Table.Th>
            <Table.Th>Holds</Table.Th>
            <Table.Th>Name in the API</Table.Th>
            {onEdit && <Table.Th aria-label="Actions" w={96} />}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {fields.map((field) => (
            <Table.Tr key={field.id}>
              <Table.Td fw={500}>{field.label}</Table.Td>
              <Table.Td>
                {customTypeNames[field.type]}
                {field.currency && ` · ${field.currency}`}
                {hasChoices(field.type) && (
                  <Group gap={4} mt={2}>
                    {field.choices.slice(0, 6).map((choice) => (
                      <Badge key={choice} color="gray" size="sm">
                        {choice}
                      </Badge>
                    ))}
                    {field.choices.length > 6 && (
                      <Text size="xs" c="dimmed" span>
                        +{field.choices.length - 6}
                      </Text>
                    )}
                  </Group>
                )}
              </Table.Td>
              <Table.Td>
                <Text size="xs" c="dimmed" ff="monospace" span>
                  custom.{field.key}
                </Text>
              </Table.Td>
              {onEdit && (
                <Table.Td>
                  <RowActions
                    name={field.label}
                    onChange={() => onEdit(field)}
                    onRemove={() => remove(field)}
                    remove="Remove"
                  />
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function useRemoveField() {
  const cache = useQueryClient()
  const remove = useMutation({
    ...api.settings.customFields.remove.mutationOptions(),
    onSuccess: () => cache.invalidateQueries({ queryKey: api.settings.customFields.key() }),
  })
  return (field: CustomField) =>
    modals.openConfirmModal({
      title: `Remove “${field.label}”?`,
      children: (
        <Text size="sm">
          The field disappears from pages, lists and filters. What was entered stays with the
          records: adding the field again under the same label brings it back, and so does Undo.
        </Text>
      ),
      labels: { confirm: 'Remove the field', cancel: 'Cancel' },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate({ id: field.id }),
    })
}

const Values = z
  .object({
    label: CustomField.shape.label,
    type: z.enum(customFieldTypes),
    choices: CustomField.shape.choices,
    currency: CustomField.shape.currency,
  })
  .refine(({ type, choices }) => !hasChoices(type) || choices.length > 0, {
    path: ['choices'],
    message: 'must name at least one choice',
  })
const check = zod4Resolver(Values)

interface FieldDialogProps {
  /** The field to change, or the table that gets a new one. */
  field: CustomField | FieldTable
  onClose(): void
}

function FieldDialog({ field, onClose }: FieldDialogProps) {
  const cache = useQueryClient()
  const known = typeof field === 'object' ? field : undefined
  const table = typeof field === 'object' ? field.table : field
  const blank = {
    label: known?.label ?? '',
    type: known?.type ?? 'text',
    choices: known?.choices ?? [],
    currency: known?.currency ?? null,
  }
  const form = useForm<z.output<typeof Values>>({
    initialValues: blank,
    validate: check,
  })
  const draft = useFormDraft(form, {
    key: draftKey('field', known?.id ?? table),
    title: known ? `Field ${known.label}` : `New field for ${kinds[table].many}`,
    blank,
    basedOn: known,
  })
  const done = {
    meta: { showsProblem: true },
    onSuccess: () => {
      draft.done()
      void cache.invalidateQueries({ queryKey: api.settings.customFields.key() })
      onClose()
    },
    onError: (error: unknown) => showRefusal(form, error),
  }
  const create = useMutation({ ...api.settings.customFields.create.mutationOptions(), ...done })
  const update = useMutation({ ...api.settings.customFields.update.mutationOptions(), ...done })
  const { type } = form.values
  return (
    <Modal
      opened
      onClose={onClose}
      title={known ? `Change “${known.label}”` : `New field for ${kinds[table].many}`}
    >
      <form
        noValidate
        onSubmit={form.onSubmit((values) => {
          const field = {
            ...values,
            choices: hasChoices(values.type) ? values.choices : [],
            currency: values.type === 'money' ? values.currency : null,
          }
          if (known)
            update.mutate({
              id: known.id,
              ...editFrom(recordIn(draft.basedOn, known), field),
            })
          else create.mutate({ table, ...field })
        })}
      >
        <Stack gap="md">
          <DraftNotice draft={draft} />
          <TextInput
            label="Label"
            placeholder="e.g. Contract number"
            required
            maxLength={80}
            data-autofocus
            {...form.getInputProps('label')}
          />
          <Select
            label="Holds"
            allowDeselect={false}
            data={customFieldTypes.map((value) => ({ value, label: customTypeNames[value] }))}
            description={
              known && type !== known.type
                ? 'Values already entered stay as they are; those that do not fit can be corrected on their records.'
                : undefined
            }
            {...form.getInputProps('type')}
          />
          {type === 'money' && <CurrencyField {...form.getInputProps('currency')} />}
          {hasChoices(type) && (
            <TagsInput
              label="Choices"
              description="Press Enter after each."
              required
              splitChars={[',', ';', '\n']}
              acceptValueOnBlur
              maxTags={200}
              {...form.getInputProps('choices')}
            />
          )}
          <FormProblem form={form} />
          <Group justify="flex-end">
            <CancelButton draft={draft} onClose={onClose} />
            <Button type="submit" loading={create.isPending || update.isPending}>
              {known ? 'Save' : 'Add the field'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

interface CurrencyFieldProps {
  value?: string | null
  onChange?(value: string | null): void
}

function CurrencyField({ value = null, ...input }: CurrencyFieldProps) {
  const { currencies, preferred } = useCurrencies(value ?? undefined)
  return (
    <SearchSelect
      label="Currency"
      description="Filled in for new amounts. Each amount can have another."
      placeholder={`${preferred}, as the workspace`}
      clearable
      data={currencies}
      value={value}
      {...input}
    />
  )
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
