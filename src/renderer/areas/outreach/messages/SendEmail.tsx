/** Writes an e-mail to a lead's or another contact: a template or free text, checked before it goes. */
import { Alert, Button, Checkbox, Group, List, Modal, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconAlertTriangle } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { dequal } from 'dequal'
import { useEffect, useState } from 'react'
import type { EmailMessage, EmailProblem } from '../../../../contract/outreach/messages'
import { api } from '../../../api'
import { draftKey } from '../../../app/drafts/key'
import { useDraft } from '../../../app/drafts/useDraft'
import { messageOf } from '../../../app/problems'
import { useMe } from '../../../app/session'
import { DraftNotice } from '../../../ui/drafts/DraftNotice'
import { Addressees, type Copies, faultyIn, Recipient } from './Addressees'
import { MessageFields } from './MessageFields'
import { MessagePreview } from './MessagePreview'
import classes from './mail.module.css'
import { adviceFor } from './problems'
import { SendOptions } from './SendOptions'
import { StopBanner } from './StopBanner'
import { isUnwritten, withSignature } from './signature'
import { TemplateSelect } from './TemplateSelect'
import { isChosen, sendLabel, type Timing, toSending } from './timing'

export interface SendEmailProps {
  about: { leadId?: string; contactId?: string }
  /** What it begins with. */
  initial?: { subject: string; body: string }
  /** Of a cadence's step: its draft is another than that of an e-mail of one's own. */
  stepId?: string
  onClose(): void
  /** It is on its way, or waits in the outbox. */
  onWritten?(): void
}

/** How long a pause in typing lasts before the text is filled in, in milliseconds. */
const pause = 250

const nothing = { subject: '', body: '', html: null as string | null, allowIdentical: false }

interface Written extends Copies {
  text: typeof nothing
  accountId: string | null
  timing: Timing
}

export function SendEmail(props: SendEmailProps) {
  const me = useMe()
  return me ? <WriteEmail {...props} signature={me.signature} /> : null
}

interface WriteEmailProps extends SendEmailProps {
  signature: string | null
}

function WriteEmail(props: WriteEmailProps) {
  const { about, initial, stepId, signature, onClose, onWritten } = props
  const [name, setName] = useState<string>()
  const [written, setWritten, keeping] = useDraft<Written>({
    key: draftKey('email', about.leadId ?? about.contactId, stepId),
    title: name ? `E-mail to ${name}` : 'E-mail',
    place: { dialog: 'email', with: { about, initial, stepId } },
    recordId: about.leadId ?? about.contactId,
    initial: {
      text: withSignature({ ...nothing, ...initial }, signature),
      accountId: null,
      cc: [],
      bcc: [],
      timing: { when: 'now', at: null },
    },
  })
  const { text, timing, cc, bcc } = written
  const accountId = written.accountId ?? undefined
  const change = (part: Partial<Written>) => setWritten((before) => ({ ...before, ...part }))
  const setText = (part: Partial<typeof nothing>) =>
    setWritten((before) => ({ ...before, text: { ...before.text, ...part } }))
  // What is no address yet is looked at once it is one.
  const isAddressed = faultyIn(written).length === 0
  const copies = isAddressed ? { cc, bcc } : {}
  const input = { ...about, ...text, ...copies, ...(accountId ? { accountId } : {}) }
  const [draft] = useDebouncedValue(input, pause)
  const preview = useQuery({
    ...api.outbox.preview.queryOptions({ input: draft }),
    placeholderData: keepPreviousData,
    retry: false,
    meta: { showsProblem: true },
  })
  const create = useMutation({
    ...api.outbox.create.mutationOptions(),
    onSuccess: (message) => {
      notifications.show({ message: becameOf(message) })
      keeping.done()
      onClose()
      onWritten?.()
    },
  })
  const { data } = preview
  const toName = data?.toName ?? data?.toAddress
  useEffect(() => {
    if (toName) setName(toName)
  }, [toName])
  const empty = text.subject.trim() === '' && isUnwritten(text, signature)
  const problems = empty || preview.isError ? [] : (data?.problems ?? [])
  // What is typed is not looked at yet: it may be better or worse than what was.
  const isChecked = !preview.isFetching && dequal(draft, input)
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={data?.toAddress ? `E-mail to ${data.toName ?? data.toAddress}` : 'E-mail'}
    >
      <Stack gap="md">
        <StopBanner />
        <DraftNotice draft={keeping} />
        <Addressees
          accountId={accountId ?? data?.from?.accountId ?? null}
          onAccount={(id) => change({ accountId: id })}
          to={<Recipient name={data?.toName ?? null} address={data?.toAddress ?? null} />}
          cc={cc}
          bcc={bcc}
          onChange={change}
        />
        <MessageFields
          key={keeping.version}
          before={
            <TemplateSelect
              label="Template"
              placeholder="Free text"
              onChoose={({ subject, body, html }) =>
                setText(
                  withSignature(
                    { subject: subject ?? '', body: html ? '' : body, html },
                    signature,
                  ),
                )
              }
            />
          }
          autoFocus
          value={text}
          formatted={{ html: text.html }}
          onChange={setText}
        />
        <SendOptions
          timing={timing}
          onTiming={(next) => change({ timing: next })}
          quietUntil={data?.quietUntil ?? null}
        />
        {!empty && data && (
          <section className={classes.preview} aria-label="Preview">
            <Text size="xs" c="dimmed" mb={4}>
              As it arrives at {data.toAddress ?? 'nobody: there is no e-mail address'}
            </Text>
            <MessagePreview message={data} />
          </section>
        )}
        {preview.isError && !empty && (
          <Alert color="red" icon={<IconAlertTriangle size={18} />} title="It cannot be filled in">
            {messageOf(preview.error)}
          </Alert>
        )}
        <Problems problems={problems} onAllowIdentical={() => setText({ allowIdentical: true })} />
        <Group justify="flex-end">
          {keeping.isChanged && (
            <Button
              variant="subtle"
              color="gray"
              mr="auto"
              onClick={() => {
                keeping.discard()
                onClose()
              }}
            >
              Discard
            </Button>
          )}
          <Button
            variant="default"
            disabled={empty || preview.isError || !isAddressed}
            loading={create.isPending}
            onClick={() => create.mutate({ ...input, ...toSending(timing), next: 'draft' })}
          >
            Save to outbox
          </Button>
          <Button
            disabled={
              empty ||
              preview.isError ||
              problems.length > 0 ||
              !isAddressed ||
              !isChecked ||
              !isChosen(timing)
            }
            loading={create.isPending}
            onClick={() => create.mutate({ ...input, ...toSending(timing) })}
          >
            {sendLabel(timing, new Date())}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

interface ProblemsProps {
  problems: EmailProblem[]
  onAllowIdentical(): void
}

function Problems({ problems: all, onAllowIdentical }: ProblemsProps) {
  // The preview says it at its place.
  const problems = all.filter(({ kind }) => kind !== 'blank')
  if (problems.length === 0) return null
  return (
    <Alert color="amber" icon={<IconAlertTriangle size={18} />} title="It may not go out yet">
      <List size="sm">
        {problems.map(({ kind, message }) => (
          <List.Item key={kind + message}>
            {message} {adviceFor[kind]}
          </List.Item>
        ))}
      </List>
      {problems.some(({ kind }) => kind === 'identical') && (
        <Checkbox
          mt="xs"
          label="Many people may get this text"
          checked={false}
          onChange={onAllowIdentical}
        />
      )}
    </Alert>
  )
}

/** Said once it is in the outbox. */
function becameOf({ state, problems, sendAfter, atOnce }: EmailMessage): string {
  const [problem] = problems
  if (state === 'drafted')
    return problem ? `It waits in the outbox: ${problem.message}` : 'It waits in the outbox.'
  if (sendAfter) return 'It goes out at its time. Until then it can be changed in the outbox.'
  return atOnce
    ? 'It is on its way. What is sent cannot be called back.'
    : 'It goes out as soon as it may.'
}
