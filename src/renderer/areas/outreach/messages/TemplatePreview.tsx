/** A text with placeholders as one real lead would get it. */
import { Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Reference } from '../../../../contract/kernel/shapes'
import { api } from '../../../api'
import { messageOf } from '../../../app/problems'
import { ReferencePicker } from '../../../ui/ReferencePicker'
import type { MessageText } from './MessageFields'
import { MessagePreview } from './MessagePreview'
import classes from './mail.module.css'

/** How long a pause in typing lasts before the text is filled in, in milliseconds. */
const pause = 250

export interface PreviewLead {
  lead: Reference | null
  choose(lead: Reference | null): void
}

/** The lead that texts are tried on: the one changed last, until another is chosen. */
export function usePreviewLead(): PreviewLead {
  const [chosen, choose] = useState<Reference | null>(null)
  const latest = useQuery({
    ...api.leads.list.queryOptions({ input: { sort: '-updatedAt', limit: 1 } }),
    enabled: chosen === null,
  })
  const [first] = latest.data?.items ?? []
  return { lead: chosen ?? (first ? { id: first.id, name: first.title } : null), choose }
}

export interface TemplatePreviewProps {
  text: MessageText & { html?: string | null }
  /** Whether it can be filled in at all. */
  sound: boolean
  lead: PreviewLead
}

export function TemplatePreview({ text, sound, lead: { lead, choose } }: TemplatePreviewProps) {
  const [typed] = useDebouncedValue(text, pause)
  const empty = [typed.subject, typed.body, typed.html].every((part) => !part?.trim())
  const preview = useQuery({
    ...api.templates.render.queryOptions({
      input: {
        subject: typed.subject.trim() || null,
        body: typed.body,
        html: typed.html ?? null,
        leadId: lead?.id ?? '',
      },
    }),
    enabled: lead !== null && sound && !empty,
    placeholderData: keepPreviousData,
    retry: false,
    meta: { showsProblem: true },
  })
  const { data } = preview
  return (
    <section className={classes.preview} aria-label="Preview">
      <Stack gap="xs">
        <div className={classes.previewLead}>
          <ReferencePicker
            of="lead"
            size="xs"
            label="Preview with a lead"
            placeholder="Choose a lead"
            clearable={false}
            value={lead}
            onChange={choose}
          />
        </div>
        {empty || !lead ? (
          <Text size="sm" c="dimmed">
            {lead ? 'What you write shows here as this lead gets it.' : 'There is no lead yet.'}
          </Text>
        ) : !sound ? (
          <Text size="sm" c="dimmed">
            What is marked in red cannot be filled in yet.
          </Text>
        ) : preview.isError ? (
          <Text size="sm" c="red">
            {messageOf(preview.error)}
          </Text>
        ) : (
          data && <MessagePreview message={data} />
        )}
      </Stack>
    </section>
  )
}
