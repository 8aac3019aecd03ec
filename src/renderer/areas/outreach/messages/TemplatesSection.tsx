/** Templates and snippets: written with placeholders, seen at once as a real lead would get them. */
import { Button, Group, Modal, Stack, Table, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Template } from '../../../../contract/outreach/templates'
import type { TemplateKind } from '../../../../contract/outreach/words'
import { api } from '../../../api'
import { editFrom, recordIn } from '../../../app/clashes/edit'
import { draftKey } from '../../../app/drafts/key'
import { useDraftRequest } from '../../../app/drafts/useDraft'
import { useFormDraft } from '../../../app/drafts/useFormDraft'
import { useMay, useMayChange } from '../../../app/session'
import { CancelButton } from '../../../ui/drafts/CancelButton'
import { DraftNotice } from '../../../ui/drafts/DraftNotice'
import { FormProblem, showRefusal } from '../../../ui/forms'
import { LoadState } from '../../../ui/LoadState'
import { RowActions } from '../../../ui/RowActions'
import { SettingsCard, SettingsFrame } from '../../../ui/settings/SettingsFrame'
import { MessageFields } from './MessageFields'
import { TemplatePreview, usePreviewLead } from './TemplatePreview'

const kinds = [
  {
    kind: 'template',
    title: 'Templates',
    text: 'Whole messages, for e-mails by hand and in cadences.',
  },
  { kind: 'snippet', title: 'Snippets', text: 'Pieces that many templates share.' },
] as const

export function TemplatesSection() {
  const mayWrite = useMay('write')
  const templates = useQuery(api.templates.list.queryOptions({ input: {} }))
  const [editing, setEditing] = useState<Template | TemplateKind | null>(null)
  const templateOf = (key: string) =>
    [...kinds.map(({ kind }) => kind), ...(templates.data ?? [])].find(
      (template) => templateKey(template) === key,
    )
  useDraftRequest(
    (key) => mayWrite && templateOf(key) !== undefined,
    (key) => setEditing(templateOf(key) ?? null),
  )
  const remove = useMutation(api.templates.remove.mutationOptions())
  return (
    <SettingsFrame
      title="Templates"
      text='What stands between double braces is filled in for each person, e.g. Hello {{ contact.first_name | default: "there" }}.'
    >
      <LoadState query={templates} what="the templates">
        {(found) =>
          kinds.map(({ kind, title, text }) => (
            <SettingsCard
              key={kind}
              title={title}
              text={text}
              flush
              actions={
                mayWrite && (
                  <Button
                    variant="default"
                    leftSection={<IconPlus size={14} />}
                    onClick={() => setEditing(kind)}
                  >
                    {kind === 'template' ? 'New template' : 'New snippet'}
                  </Button>
                )
              }
            >
              <TemplateTable
                templates={found.filter((template) => template.kind === kind)}
                onEdit={mayWrite ? setEditing : undefined}
                onRemove={({ id }) => remove.mutate({ id })}
              />
            </SettingsCard>
          ))
        }
      </LoadState>
      {editing !== null && <TemplateDialog template={editing} onClose={() => setEditing(null)} />}
    </SettingsFrame>
  )
}

const templateKey = (template: Template | TemplateKind) =>
  draftKey('template', typeof template === 'object' ? template.id : template)

interface TemplateTableProps {
  templates: Template[]
  onEdit: ((template: Template) => void) | undefined
  onRemove(template: Template): void
}

function TemplateTable({ templates, onEdit, onRemove }: TemplateTableProps) {
  const mayChange = useMayChange()
  if (templates.length === 0)
    return (
      <Text size="sm" c="dimmed" px={18} pb={14}>
        None yet
      </Text>
    )
  return (
    <Table borderColor="var(--line)" horizontalSpacing={18} verticalSpacing={6}>
      <Table.Tbody>
        {templates.map((template) => (
          <Table.Tr key={template.id}>
            <Table.Td>
              <Text size="sm" fw={500}>
                {template.name}
              </Text>
              <Text size="xs" c="dimmed" lineClamp={1}>
                {template.key ? `{{ snippets.${template.key} }}` : template.subject}
              </Text>
            </Table.Td>
            {onEdit && mayChange(template) && (
              <Table.Td w={96}>
                <RowActions
                  name={template.name}
                  onChange={() => onEdit(template)}
                  onRemove={() => onRemove(template)}
                />
              </Table.Td>
            )}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

interface TemplateDialogProps {
  /** The one to change, or the kind of a new one. */
  template: Template | TemplateKind
  onClose(): void
}

function TemplateDialog({ template, onClose }: TemplateDialogProps) {
  const known = typeof template === 'object' ? template : undefined
  const kind = typeof template === 'object' ? template.kind : template
  const blank = {
    name: known?.name ?? '',
    subject: known?.subject ?? '',
    body: known?.body ?? '',
    html: known?.html ?? null,
  }
  const form = useForm({ initialValues: blank })
  const draft = useFormDraft(form, {
    key: templateKey(template),
    title: known ? `Template ${known.name}` : `New ${kind}`,
    recordId: known?.id,
    blank,
    basedOn: known,
  })
  const done = {
    meta: { showsProblem: true },
    onSuccess: () => {
      draft.done()
      onClose()
    },
    onError: (error: unknown) => showRefusal(form, error),
  }
  const create = useMutation({ ...api.templates.create.mutationOptions(), ...done })
  const update = useMutation({ ...api.templates.update.mutationOptions(), ...done })
  const { subject, body, html } = form.values
  const previewLead = usePreviewLead()
  const [text] = useDebouncedValue({ subject: subject.trim() || null, body, html }, 250)
  const issues = useQuery({
    ...api.templates.check.queryOptions({ input: text }),
    placeholderData: keepPreviousData,
  })
  const faultIn = (field: 'subject' | 'body' | 'html') =>
    issues.data
      ?.filter((issue) => issue.field === field)
      .map(({ message, line, column }) => `${message} (line ${line}, column ${column})`)
      .join('; ') || form.errors[field]
  return (
    <Modal opened onClose={onClose} size="xl" title={known ? `“${known.name}”` : `New ${kind}`}>
      <form
        noValidate
        onSubmit={form.onSubmit((values) => {
          const input = {
            ...values,
            subject: kind === 'snippet' ? null : values.subject.trim() || null,
          }
          if (known)
            update.mutate({ id: known.id, ...editFrom(recordIn(draft.basedOn, known), input) })
          else create.mutate({ kind, ...input })
        })}
      >
        <Stack gap="md">
          <DraftNotice draft={draft} />
          <MessageFields
            key={draft.version}
            before={
              <TextInput
                label="Name"
                required
                flex={1}
                data-autofocus
                {...form.getInputProps('name')}
              />
            }
            value={{ subject, body }}
            formatted={{ html, error: faultIn('html') }}
            errors={{ subject: faultIn('subject'), body: faultIn('body') }}
            withSubject={kind === 'template'}
            minRows={7}
            onChange={(patch) => form.setValues(patch)}
          />
          <TemplatePreview
            text={{ subject, body, html }}
            sound={issues.data?.length === 0}
            lead={previewLead}
          />
          <FormProblem form={form} />
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
