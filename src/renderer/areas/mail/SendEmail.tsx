/** Writes an e-mail to a lead's or another contact: a template or free text, checked before it goes. */
import { Alert, Button, Group, List, Modal, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconAlertTriangle } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api'
import { messageOf } from '../../app/problems'
import { MessageFields } from './MessageFields'
import classes from './mail.module.css'
import { StopBanner } from './StopBanner'
import { TemplateSelect } from './TemplateSelect'

export interface SendEmailProps {
  about: { leadId?: string; contactId?: string }
  onClose(): void
}

export function SendEmail({ about, onClose }: SendEmailProps) {
  const [html, setHtml] = useState<string | null>(null)
  const [subject, setSubject] = useState('')
  const [body, setBody] = useState('')
  const [draft] = useDebouncedValue({ ...about, subject, body, html }, 250)
  const preview = useQuery({
    ...api.outbox.preview.queryOptions({ input: draft }),
    placeholderData: keepPreviousData,
    retry: false,
    meta: { showsProblem: true },
  })
  const create = useMutation({
    ...api.outbox.create.mutationOptions(),
    onSuccess: ({ state }) => {
      notifications.show({
        message: state === 'drafted' ? 'It waits in the outbox.' : 'It is on its way.',
      })
      onClose()
    },
  })
  const { data } = preview
  const empty = subject.trim() === '' && body.trim() === ''
  const problems = empty
    ? []
    : preview.isError
      ? [messageOf(preview.error)]
      : (data?.problems.map(({ message }) => message) ?? [])
  const input = { ...about, subject, body, html }
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={data?.toAddress ? `E-mail to ${data.toName ?? data.toAddress}` : 'E-mail'}
    >
      <Stack gap="md">
        <StopBanner />
        <MessageFields
          before={
            <TemplateSelect
              label="Template"
              placeholder="Free text"
              onChoose={(chosen) => {
                setSubject(chosen.subject ?? '')
                setBody(chosen.body)
                setHtml(chosen.html)
              }}
            />
          }
          autoFocus
          value={{ subject, body }}
          onChange={(patch) => {
            if (patch.subject !== undefined) setSubject(patch.subject)
            if (patch.body === undefined) return
            setBody(patch.body)
            // What is written by hand is what goes out.
            setHtml(null)
          }}
        />
        {!empty && data && (
          <Stack gap={4} aria-label="Preview" component="section" className={classes.preview}>
            <Text size="xs" c="dimmed">
              As it arrives at {data.toAddress ?? 'nobody: there is no e-mail address'}
            </Text>
            <Text fw={600} size="sm">
              {data.subject}
            </Text>
            <Text size="sm" lineClamp={12} className={classes.text}>
              {data.body}
            </Text>
            {data.defaulted.length > 0 && (
              <Text size="xs" c="dimmed">
                Not known, so the fallback stands in: {data.defaulted.join(', ')}
              </Text>
            )}
          </Stack>
        )}
        {problems.length > 0 && (
          <Alert color="amber" icon={<IconAlertTriangle size={18} />} title="It may not go out yet">
            <List size="sm">
              {problems.map((problem) => (
                <List.Item key={problem}>{problem}</List.Item>
              ))}
            </List>
          </Alert>
        )}
        <Group justify="flex-end">
          <Button
            variant="default"
            disabled={empty || preview.isError}
            loading={create.isPending}
            onClick={() => create.mutate({ ...input, next: 'draft' })}
          >
            Put into the outbox
          </Button>
          <Button
            disabled={empty || problems.length > 0 || preview.isFetching}
            loading={create.isPending}
            onClick={() => create.mutate({ ...input, next: 'now' })}
          >
            Send now
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
