/** Writes an e-mail to a lead's or another contact: a template or free text, checked before it goes. */
import {
  Alert,
  Button,
  Group,
  List,
  Modal,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconAlertTriangle } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api'
import { messageOf } from '../../app/problems'
import classes from './mail.module.css'
import { PlaceholderMenu } from './PlaceholderMenu'
import { StopBanner } from './StopBanner'

export interface SendEmailProps {
  about: { leadId?: string; contactId?: string }
  onClose(): void
}

export function SendEmail({ about, onClose }: SendEmailProps) {
  const templates = useQuery(api.templates.list.queryOptions({ input: { kind: 'template' } }))
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
        <Group gap="sm" align="flex-end">
          <Select
            label="Template"
            placeholder="Free text"
            clearable
            searchable
            flex="1 1 220px"
            data={templates.data?.map(({ id, name }) => ({ value: id, label: name })) ?? []}
            onChange={(id) => {
              const chosen = templates.data?.find((template) => template.id === id)
              if (!chosen) return
              setSubject(chosen.subject ?? '')
              setBody(chosen.body)
              setHtml(chosen.html)
            }}
          />
          <PlaceholderMenu onChoose={(text) => setBody((before) => before + text)} />
        </Group>
        <TextInput
          label="Subject"
          data-autofocus
          value={subject}
          onChange={(event) => setSubject(event.currentTarget.value)}
        />
        <Textarea
          label="Text"
          autosize
          minRows={6}
          maxRows={14}
          value={body}
          onChange={(event) => {
            setBody(event.currentTarget.value)
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
