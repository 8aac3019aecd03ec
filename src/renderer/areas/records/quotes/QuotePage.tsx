/** One quote: as the customer reads it, its facts, and what became of it. */
import { Button, Group, Menu, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { IconCheck, IconCopy, IconPencil, IconPrinter, IconSend, IconX } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { longText } from '../../../../contract/kernel/fields'
import { quoteFields } from '../../../../contract/records/quote-fields'
import type { Quote } from '../../../../contract/records/quotes'
import { api, client } from '../../../api'
import { useApp } from '../../../app/actions'
import { editFrom, recordIn } from '../../../app/clashes/edit'
import { draftKey } from '../../../app/drafts/key'
import { useDraft, useDraftRequest } from '../../../app/drafts/useDraft'
import { fieldErrors, messageOf } from '../../../app/problems'
import { shownRecord } from '../../../app/recordParts'
import { useMay, useWorkspace } from '../../../app/session'
import { DateText } from '../../../ui/DateText'
import { CancelButton } from '../../../ui/drafts/CancelButton'
import { DraftNotice } from '../../../ui/drafts/DraftNotice'
import { ReasonDialog } from '../../../ui/drafts/ReasonDialog'
import { recordField } from '../../../ui/fields'
import { MoneyText } from '../../../ui/MoneyText'
import type { Fact } from '../../../ui/record/facts'
import { factOf, fieldFacts } from '../../../ui/record/fieldFacts'
import { RecordLink } from '../../../ui/record/RecordLink'
import { RecordGate } from '../../../ui/record/RecordPage'
import { RecordScreen } from '../../../ui/record/RecordScreen'
import { submitForm } from '../../../ui/unresolved'
import { useCurrencies } from '../../../ui/useCurrencies'
import { useRememberRecord } from '../search/useRecent'
import { LinesEditor } from './LinesEditor'
import classes from './QuotePage.module.css'
import { QuoteSheet } from './QuoteSheet'
import { QuoteStatusBadge } from './QuoteStatusBadge'
import { type DraftLine, emptyLine, linesInput } from './totals'

const route = getRouteApi('/quotes/$id')

const facts: Fact<Quote>[] = [
  ...fieldFacts<Quote, typeof quoteFields>(quoteFields, {
    title: false,
    // It is changed with the lines.
    currency: false,
    lead: false,
  }),
  ...factOf<Quote>(recordField('notes', longText({ label: 'Notes' }))),
]

export default function QuotePage() {
  const { id } = route.useParams()
  const query = useQuery(api.quotes.get.queryOptions({ input: { id } }))
  const name = query.data && `${query.data.number} ${query.data.title}`
  useRememberRecord('quote', id, name)
  return (
    <RecordGate kind="quote" query={query}>
      {(quote) => <QuoteView key={quote.id} quote={quote} />}
    </RecordGate>
  )
}

function QuoteView({ quote }: { quote: Quote }) {
  const { id } = quote
  const mayWrite = useMay('write') && quote.deletedAt === null
  return (
    <RecordScreen
      record={shownRecord('quote', quote, quote.title)}
      row={quote}
      nameField="title"
      draftName={quote.number}
      facts={facts}
      queryKey={api.quotes.get.queryKey({ input: { id } })}
      calls={client.quotes}
      badges={
        <>
          <QuoteStatusBadge status={quote.status} />
          <MoneyText value={quote.total} />
        </>
      }
      subtitle={<Subtitle quote={quote} />}
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconPrinter size={15} />}
            onClick={() => window.print()}
          >
            Print
          </Button>
          {mayWrite && <Decisions quote={quote} />}
        </>
      }
      menu={<CopyItem quote={quote} />}
      tabs={[
        {
          value: 'quote',
          label: 'Quote',
          content: <Middle quote={quote} mayWrite={mayWrite} />,
        },
      ]}
    />
  )
}

function Subtitle({ quote }: { quote: Quote }) {
  return (
    <>
      <span className="tabular">{quote.number}</span>
      <RecordLink kind="lead" record={quote.lead} />
      {quote.company && <RecordLink kind="company" record={quote.company} />}
      {quote.sentAt && (
        <span>
          sent <DateText value={quote.sentAt} />
        </span>
      )}
      {quote.decidedAt && (
        <span>
          {quote.status} <DateText value={quote.decidedAt} />
          {quote.declineReason && `: “${quote.declineReason}”`}
        </span>
      )}
    </>
  )
}

function CopyItem({ quote }: { quote: Quote }) {
  const app = useApp()
  const copy = useMutation(api.quotes.create.mutationOptions())
  const { lead, title, total, lines, taxRate, validUntil, notes } = quote
  return (
    <Menu.Item
      leftSection={<IconCopy size={15} />}
      onClick={() =>
        copy.mutate(
          {
            leadId: lead.id,
            title,
            currency: total.currency,
            lines,
            taxRate,
            validUntil,
            notes,
          },
          { onSuccess: (made) => app.openRecord('quote', made.id) },
        )
      }
    >
      New one like this
    </Menu.Item>
  )
}

/** The quote as the customer reads it, or its lines being changed. */
function Middle({ quote, mayWrite }: { quote: Quote; mayWrite: boolean }) {
  const [editing, setEditing] = useState(false)
  const edit = () => setEditing(true)
  useDraftRequest((key) => key === draftKey('quote-lines', quote.id), edit)
  return (
    <div className={classes.middle}>
      {editing ? (
        <EditLines quote={quote} onClose={() => setEditing(false)} />
      ) : (
        <>
          {quote.status === 'draft' && mayWrite && (
            <Group justify="flex-end" className={classes.tools}>
              <Button variant="light" leftSection={<IconPencil size={15} />} onClick={edit}>
                Edit lines
              </Button>
            </Group>
          )}
          <QuoteSheet quote={quote} />
        </>
      )}
    </div>
  )
}

/** What can be done with it next. */
function Decisions({ quote }: { quote: Quote }) {
  const { id, status } = quote
  const send = useMutation(api.quotes.send.mutationOptions())
  const [accepting, setAccepting] = useState(false)
  const decline = useMutation(api.quotes.decline.mutationOptions())
  const [declining, setDeclining] = useState(false)
  useDraftRequest(
    (key) => status === 'sent' && key === draftKey('quote-declined', id),
    () => setDeclining(true),
  )
  if (status === 'draft') {
    return (
      <Button
        leftSection={<IconSend size={15} />}
        loading={send.isPending}
        onClick={() => send.mutate({ id })}
      >
        Mark as sent
      </Button>
    )
  }
  if (status !== 'sent') return null
  return (
    <>
      <Button leftSection={<IconCheck size={15} />} onClick={() => setAccepting(true)}>
        Accepted
      </Button>
      <Button
        variant="default"
        leftSection={<IconX size={15} />}
        onClick={() => setDeclining(true)}
      >
        Declined
      </Button>
      {accepting && <AcceptDialog quote={quote} onClose={() => setAccepting(false)} />}
      {declining && (
        <ReasonDialog
          title={`${quote.number} was declined`}
          draftOf={{ key: draftKey('quote-declined', id), recordId: id }}
          action="Declined"
          input={(reason, onChange) => (
            <TextInput
              label="Why?"
              data-autofocus
              maxLength={500}
              value={reason}
              onChange={(event) => onChange(event.currentTarget.value)}
            />
          )}
          busy={decline.isPending}
          onClose={() => setDeclining(false)}
          onGive={(reason, keepAgain) =>
            decline
              .mutateAsync({ id, ...(reason ? { reason } : {}) })
              .then(() => setDeclining(false), keepAgain)
          }
        />
      )}
    </>
  )
}

/** What follows from it: the lead is won by it, unless it is not to be. */
function AcceptDialog({ quote, onClose }: { quote: Quote; onClose(): void }) {
  const { id, number, lead, total, validUntil } = quote
  const leadNow = useQuery(api.leads.get.queryOptions({ input: { id: lead.id } }))
  const accept = useMutation(api.quotes.accept.mutationOptions({ onSettled: onClose }))
  const timeZone = useWorkspace()?.timezone
  const today = new Date().toLocaleDateString('sv', { timeZone })
  const expired = validUntil !== null && validUntil < today
  const take = (winLead: boolean) => accept.mutate({ id, winLead, evenIfExpired: true })
  return (
    <Modal opened onClose={onClose} title={`Accept ${number}?`} size="sm">
      <Stack>
        {expired && (
          <Text size="sm" c="red">
            It was valid until <DateText value={validUntil} format="short" />.
          </Text>
        )}
        <Text size="sm">
          Mark {lead.name} as won for <MoneyText value={total} />, as of today
          {leadNow.data && !leadNow.data.customer && ', and make it a customer'}?
        </Text>
        <Group justify="flex-end">
          <Button variant="default" loading={accept.isPending} onClick={() => take(false)}>
            {expired ? 'Accept anyway' : 'Accept only'}
          </Button>
          <Button data-autofocus loading={accept.isPending} onClick={() => take(true)}>
            {expired ? 'Accept anyway and win' : 'Accept and win'}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

interface EditedLines {
  lines: DraftLine[]
  taxRate: number
  currency: string
}

function EditLines({ quote: now, onClose }: { quote: Quote; onClose(): void }) {
  // As it was when this was opened, which is what it shows: it may be changed elsewhere meanwhile.
  const [quote] = useState(now)
  const [edited, setEdited, draft] = useDraft<EditedLines>({
    key: draftKey('quote-lines', quote.id),
    title: `Lines of ${quote.number}`,
    recordId: quote.id,
    basedOn: quote,
    initial: () => ({
      lines:
        quote.lines.length === 0
          ? [emptyLine('0')]
          : quote.lines.map((line, index) => ({
              key: String(index),
              description: line.description,
              quantity: line.quantity,
              unitPrice: line.unitPrice,
              discount: line.discount || null,
            })),
      taxRate: quote.taxRate,
      currency: quote.total.currency,
    }),
  })
  const { lines, taxRate, currency } = edited
  const change = (part: Partial<EditedLines>) => setEdited((before) => ({ ...before, ...part }))
  const { currencies } = useCurrencies(currency)
  const update = useMutation(
    api.quotes.update.mutationOptions({
      meta: { showsProblem: true },
      onSuccess: () => {
        draft.done()
        onClose()
      },
    }),
  )
  const errors = update.error ? fieldErrors(update.error, ['lines', 'taxRate', 'currency']) : {}
  const problem =
    update.error && Object.keys(errors).length === 0
      ? messageOf(update.error)
      : (errors[''] ?? errors.taxRate ?? errors.currency)
  const began = recordIn(draft.basedOn, quote)
  const before = { ...began, currency: began.total.currency }
  const submit = () =>
    update.mutate({
      id: quote.id,
      ...editFrom(before, { lines: linesInput(lines), taxRate, currency }),
    })
  return (
    <form
      className={classes.edit}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault()
          submitForm(event.currentTarget)
        }
      }}
    >
      <DraftNotice draft={draft} />
      <NativeSelect
        label="Currency"
        size="xs"
        w={110}
        data={currencies}
        value={currency}
        onChange={(event) => change({ currency: event.currentTarget.value })}
      />
      <LinesEditor
        lines={lines}
        key={draft.version}
        onChange={(next) => change({ lines: next })}
        taxRate={taxRate}
        onTaxRate={(rate) => change({ taxRate: rate })}
        currency={currency}
        error={errors.lines && `A line needs a description and a price: ${errors.lines}`}
      />
      {problem && (
        <Text size="sm" c="red" role="alert">
          {problem}
        </Text>
      )}
      <Group justify="flex-end">
        <CancelButton draft={draft} onClose={onClose} />
        <Button type="submit" loading={update.isPending}>
          Save
        </Button>
      </Group>
    </form>
  )
}
