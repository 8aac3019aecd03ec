/** Adds lead after lead to a stage: a title is enough, Enter takes it and waits for the next. */
import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type KeyboardEvent, useRef, useState } from 'react'
import type { Money, Reference } from '../../../../contract/kernel/shapes'
import type { Stage } from '../../../../contract/records/pipeline'
import { api } from '../../../api'
import { draftKey } from '../../../app/drafts/key'
import { useDraft } from '../../../app/drafts/useDraft'
import { fieldErrors, messageOf } from '../../../app/problems'
import { DraftNotice } from '../../../ui/drafts/DraftNotice'
import { MoneyInput } from '../../../ui/MoneyInput'
import { ReferencePicker } from '../../../ui/ReferencePicker'
import classes from './QuickAdd.module.css'

interface NewLead {
  title: string
  company: Reference | null
  value: Money | null
}
const blank: NewLead = { title: '', company: null, value: null }

/** What is typed is kept for each stage. */
export const quickAddKey = (stageId: string) => draftKey('quick-add', stageId)

const fields = ['title', 'companyId', 'value']

export interface QuickAddProps {
  stage: Stage
  onAdded(): void
  onClose(): void
}

export function QuickAdd({ stage, onAdded, onClose }: QuickAddProps) {
  const [lead, setLead, draft] = useDraft<NewLead>({
    key: quickAddKey(stage.id),
    title: `New lead in ${stage.name}`,
    recordId: stage.id,
    initial: blank,
  })
  const { title, company, value } = lead
  const change = (part: Partial<NewLead>) => setLead((before) => ({ ...before, ...part }))
  const [readable, setReadable] = useState(true)
  /** Counts the leads added: a new one begins with empty fields. */
  const [added, setAdded] = useState(0)
  const titleField = useRef<HTMLInputElement>(null)
  const create = useMutation(api.leads.create.mutationOptions({ meta: { showsProblem: true } }))
  const errors = create.error ? fieldErrors(create.error, fields) : {}
  const general = create.error && Object.keys(errors).length === 0 ? messageOf(create.error) : ''

  const save = () => {
    if (title.trim() === '' || !readable || create.isPending) return
    create.mutate(
      { title, companyId: company?.id ?? null, value, stageId: stage.id },
      {
        onSuccess: () => {
          // What was typed since is the next lead.
          setLead((now) => (now === lead ? blank : now))
          setAdded((count) => count + 1)
          titleField.current?.focus()
          onAdded()
        },
      },
    )
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !(event.target instanceof Element)) return
    event.stopPropagation()
    // The first Esc closes the choices of the field.
    if (event.target.hasAttribute('aria-controls')) return
    onClose()
  }
  return (
    <form
      className={classes.form}
      aria-label={`Add a lead to ${stage.name}`}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <Stack gap={6}>
        <DraftNotice draft={draft} />
        <Group gap={4} wrap="nowrap" align="flex-start">
          <TextInput
            ref={titleField}
            flex={1}
            size="xs"
            autoFocus
            aria-label="Title"
            placeholder="What could they buy?"
            maxLength={255}
            value={title}
            error={errors.title}
            onChange={(event) => change({ title: event.currentTarget.value })}
          />
          <ActionIcon size="md" aria-label="Close quick add" onClick={onClose}>
            <IconX size={15} />
          </ActionIcon>
        </Group>
        <ReferencePicker
          of="company"
          size="xs"
          aria-label="Company"
          placeholder="Company"
          createWith={{}}
          value={company}
          error={errors.companyId}
          onChange={(next) => change({ company: next })}
        />
        <Group gap={6} wrap="nowrap" align="flex-start">
          <MoneyInput
            key={`${added} ${draft.version}`}
            flex={1}
            size="xs"
            aria-label="Value"
            placeholder="Value"
            value={value}
            error={errors.value}
            onChange={(next) => change({ value: next })}
            onReadable={setReadable}
          />
          <Button type="submit" loading={create.isPending} disabled={title.trim() === ''}>
            Add
          </Button>
        </Group>
        {general && (
          <Text size="xs" c="red" role="alert">
            {general}
          </Text>
        )}
        {added > 0 && !create.error && (
          <Text size="xs" c="dimmed" role="status">
            {added === 1 ? 'Added. Type the next one.' : `${added} added.`}
          </Text>
        )}
      </Stack>
    </form>
  )
}
