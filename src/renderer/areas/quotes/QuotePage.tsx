/** One quote: as the customer reads it, its facts, and what became of it. */
import { Button, Group, Menu, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { IconCheck, IconCopy, IconPencil, IconPrinter, IconSend, IconX } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import type { Quote } from '../../../contract/quotes'
import { api, client } from '../../api'
import { useApp } from '../../app/actions'
import { fieldErrors, messageOf } from '../../app/problems'
import { useMay } from '../../app/session'
import { DateText } from '../../ui/DateText'
import { MoneyText } from '../../ui/MoneyText'
import { textFact, textOf } from '../../ui/record/commonFacts'
import { Facts } from '../../ui/record/Facts'
import type { Fact } from '../../ui/record/facts'
import { RecordHeader } from '../../ui/record/RecordHeader'
import { RecordLink } from '../../ui/record/RecordLink'
import { RecordGate, RecordPage } from '../../ui/record/RecordPage'
import { useOptimisticUpdate } from '../../ui/record/useOptimisticUpdate'
import { useCurrencies } from '../../ui/useCurrencies'
import { History } from '../changes/History'
import { useRememberRecord } from '../search/useRecent'
import { LinesEditor } from './LinesEditor'
import classes from './QuotePage.module.css'
import { QuoteSheet } from './QuoteSheet'
import { QuoteStatusBadge } from './QuoteStatusBadge'
import { type DraftLine, emptyLine, linesInput } from './totals'

const route = getRouteApi('/quotes/$id')

const facts: Fact<Quote>[] = [
  {
    field: 'validUntil',
    label: 'Valid until',
    editor: { type: 'date' },
    value: ({ validUntil }) => validUntil,
    apply: (row, value) => ({ ...row, validUntil: textOf(value) }),
  },
  textFact<Quote, 'notes'>('notes', 'Notes', 'long'),
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
  const app = useApp()
  const mayWrite = useMay('write') && quote.deletedAt === null
  const [editing, setEditing] = useState(false)
  const save = useOptimisticUpdate<Quote>(
    api.quotes.get.queryKey({ input: { id } }),
    useCallback((patch) => client.quotes.update({ id, ...patch }), [id]),
  )
  const remove = useMutation(api.quotes.remove.mutationOptions())
  const copy = useMutation(
    api.quotes.create.mutationOptions({
      onSuccess: (made) => app.openRecord('quote', made.id),
    }),
  )
  const draft = quote.status === 'draft'
  return (
    <RecordPage
      kind="quote"
      deletedAt={quote.deletedAt}
      restore={() => client.quotes.restore({ id })}
      header={
        <RecordHeader
          kind="quote"
          name={quote.title}
          rename={(title) => save({ title }, { ...quote, title })}
          badges={
            <>
              <QuoteStatusBadge status={quote.status} />
              <MoneyText value={quote.total} />
            </>
          }
          subtitle={
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
          }
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
          menu={
            <Menu.Item
              leftSection={<IconCopy size={15} />}
              onClick={() =>
                copy.mutate({
                  leadId: quote.lead.id,
                  title: quote.title,
                  currency: quote.total.currency,
                  lines: quote.lines,
                  taxRate: quote.taxRate,
                  validUntil: quote.validUntil,
                  notes: quote.notes,
                })
              }
            >
              New one like this
            </Menu.Item>
          }
          remove={() => remove.mutate({ id }, { onSuccess: () => app.goTo('/quotes') })}
        />
      }
      facts={<Facts row={quote} facts={facts} save={save} readOnly={!mayWrite} withShortcut />}
      tabs={[
        {
          value: 'quote',
          label: 'Quote',
          content: (
            <div className={classes.middle}>
              {editing ? (
                <EditLines quote={quote} onClose={() => setEditing(false)} />
              ) : (
                <>
                  {draft && mayWrite && (
                    <Group justify="flex-end" className={classes.tools}>
                      <Button
                        variant="light"
                        leftSection={<IconPencil size={15} />}
                        onClick={() => setEditing(true)}
                      >
                        Edit lines
                      </Button>
                    </Group>
                  )}
                  <QuoteSheet quote={quote} />
                </>
              )}
            </div>
          ),
        },
        { value: 'history', label: 'History', content: <History table="quote" rowId={id} /> },
      ]}
    />
  )
}

/** What can be done with it next. */
function Decisions({ quote }: { quote: Quote }) {
  const { id, status } = quote
  const send = useMutation(api.quotes.send.mutationOptions())
  const accept = useMutation(api.quotes.accept.mutationOptions())
  const decline = useMutation(api.quotes.decline.mutationOptions())
  const [declining, setDeclining] = useState(false)
  const [reason, setReason] = useState('')
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
      <Button
        leftSection={<IconCheck size={15} />}
        loading={accept.isPending}
        onClick={() => accept.mutate({ id })}
      >
        Accepted
      </Button>
      <Button
        variant="default"
        leftSection={<IconX size={15} />}
        onClick={() => setDeclining(true)}
      >
        Declined
      </Button>
      {declining && (
        <Modal
          opened
          onClose={() => setDeclining(false)}
          title={`${quote.number} was declined`}
          size="sm"
        >
          <form
            onSubmit={(event) => {
              event.preventDefault()
              decline.mutate(
                { id, ...(reason.trim() ? { reason: reason.trim() } : {}) },
                { onSettled: () => setDeclining(false) },
              )
            }}
          >
            <Stack>
              <TextInput
                label="Why?"
                data-autofocus
                maxLength={500}
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
              <Group justify="flex-end">
                <Button variant="default" onClick={() => setDeclining(false)}>
                  Cancel
                </Button>
                <Button type="submit" loading={decline.isPending}>
                  Declined
                </Button>
              </Group>
            </Stack>
          </form>
        </Modal>
      )}
    </>
  )
}

function EditLines({ quote, onClose }: { quote: Quote; onClose(): void }) {
  const [lines, setLines] = useState<DraftLine[]>(() =>
    quote.lines.length === 0
      ? [emptyLine('0')]
      : quote.lines.map((line, index) => ({
          key: String(index),
          description: line.description,
          quantity: line.quantity,
          unitPrice: line.unitPrice,
          discount: line.discount || null,
        })),
  )
  const [taxRate, setTaxRate] = useState(quote.taxRate)
  const [currency, setCurrency] = useState(quote.total.currency)
  const { currencies } = useCurrencies(currency)
  const update = useMutation(
    api.quotes.update.mutationOptions({ meta: { showsProblem: true }, onSuccess: onClose }),
  )
  const errors = update.error ? fieldErrors(update.error, ['lines', 'taxRate', 'currency']) : {}
  const problem =
    update.error && Object.keys(errors).length === 0
      ? messageOf(update.error)
      : (errors[''] ?? errors.taxRate ?? errors.currency)
  const submit = () => update.mutate({ id: quote.id, lines: linesInput(lines), taxRate, currency })
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
          submit()
        }
      }}
    >
      <NativeSelect
        label="Currency"
        size="xs"
        w={110}
        data={currencies}
        value={currency}
        onChange={(event) => setCurrency(event.currentTarget.value)}
      />
      <LinesEditor
        lines={lines}
        onChange={setLines}
        taxRate={taxRate}
        onTaxRate={setTaxRate}
        currency={currency}
        error={errors.lines && `A line needs a description and a price: ${errors.lines}`}
      />
      {problem && (
        <Text size="sm" c="red" role="alert">
          {problem}
        </Text>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={update.isPending}>
          Save
        </Button>
      </Group>
    </form>
  )
}
