/** The dialog for a new quote. */
import { NativeSelect, SimpleGrid, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import type { Reference } from '../../../../contract/kernel/shapes'
import { QuoteCreate } from '../../../../contract/records/quotes'
import { api, client } from '../../../api'
import type { CreateDialogProps } from '../../../app/create'
import { DateField } from '../../../ui/DateField'
import { textOrNull } from '../../../ui/forms'
import { ReferencePicker } from '../../../ui/ReferencePicker'
import { CreateFrame, useCreateForm } from '../../../ui/record/CreateFrame'
import { initialReference, initialText } from '../../../ui/record/initial'
import { useCurrencies } from '../../../ui/useCurrencies'
import { LinesEditor } from './LinesEditor'
import { type DraftLine, emptyLine, linesInput } from './totals'

interface Values {
  title: string
  leadId: Reference | null
  /** Empty: the lead's. */
  currency: string
  lines: DraftLine[]
  taxRate: number
  validUntil: string | null
  notes: string
}

export default function CreateQuote(dialog: CreateDialogProps) {
  const { initial } = dialog
  const firstLine = useId()
  const lead = initialReference(initial, 'lead')
  const state = useCreateForm<Values, (typeof QuoteCreate)['_zod']['input']>({
    kind: 'quote',
    dialog,
    schema: QuoteCreate,
    values: {
      title: initialText(initial, 'title') || (lead?.name ?? ''),
      leadId: lead,
      currency: '',
      lines: [emptyLine(firstLine)],
      taxRate: 0,
      validUntil: null,
      notes: '',
    },
    toInput: ({ title, leadId, currency, lines, taxRate, validUntil, notes }) => ({
      title,
      leadId: leadId?.id ?? '',
      ...(currency ? { currency } : {}),
      lines: linesInput(lines),
      taxRate,
      validUntil,
      notes: textOrNull(notes),
    }),
    create: async (input) => {
      const { id, number, title } = await client.quotes.create(input)
      return { id, name: `${number} ${title}` }
    },
  })
  const { form, field } = state
  const { leadId, lines, taxRate } = form.values
  const ofLead = useQuery({
    ...api.leads.get.queryOptions({ input: { id: leadId?.id ?? '' } }),
    enabled: leadId !== null,
  }).data
  const { currencies, preferred } = useCurrencies(ofLead?.value?.currency)
  const currency = form.values.currency || (ofLead?.value?.currency ?? preferred)
  return (
    <CreateFrame state={state} size="xl">
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm">
        <TextInput label="Title" data-autofocus required {...form.getInputProps('title')} />
        <ReferencePicker
          of="lead"
          label="Lead"
          required
          createWith={{}}
          {...field('leadId')}
          error={form.errors.leadId && 'Choose the lead it is for'}
        />
        <NativeSelect
          label="Currency"
          data={currencies}
          value={currency}
          onChange={(event) => form.setFieldValue('currency', event.currentTarget.value)}
          error={form.errors.currency}
        />
        <DateField label="Valid until" {...field('validUntil')} />
      </SimpleGrid>
      <LinesEditor
        lines={lines}
        onChange={(next) => form.setFieldValue('lines', next)}
        taxRate={taxRate}
        onTaxRate={(rate) => form.setFieldValue('taxRate', rate)}
        currency={currency}
        error={
          form.errors.lines
            ? `A line needs a description and a price: ${form.errors.lines}`
            : undefined
        }
      />
      <Textarea label="Notes" autosize minRows={2} maxRows={8} {...form.getInputProps('notes')} />
    </CreateFrame>
  )
}
