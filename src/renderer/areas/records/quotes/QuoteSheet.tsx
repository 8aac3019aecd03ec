/** A quote as the customer reads it; what is printed. */
import { Table, Text, Title } from '@mantine/core'
import type { Quote } from '../../../../contract/records/quotes'
import { useWorkspace } from '../../../app/session'
import { exactText } from '../../../ui/dates'
import { moneyText } from '../../../ui/money'
import { TextWithLinks } from '../../../ui/TextWithLinks'
import classes from './QuoteSheet.module.css'
import { lineTotal } from './totals'

export function QuoteSheet({ quote }: { quote: Quote }) {
  const workspace = useWorkspace()
  const { currency } = quote.total
  const discounted = quote.lines.some(({ discount }) => discount > 0)
  const columns = discounted ? 5 : 4
  return (
    <article className={classes.sheet}>
      <header className={classes.head}>
        <div>
          <Text size="sm" c="dimmed">
            {workspace?.name}
          </Text>
          <Title order={2} className={classes.title}>
            {quote.title}
          </Title>
        </div>
        <dl className={classes.facts}>
          <dt>Quote</dt>
          <dd>{quote.number}</dd>
          <dt>Date</dt>
          <dd>{exactText((quote.sentAt ?? quote.createdAt).slice(0, 10))}</dd>
          {quote.validUntil && (
            <>
              <dt>Valid until</dt>
              <dd>{exactText(quote.validUntil)}</dd>
            </>
          )}
        </dl>
      </header>
      {(quote.company || quote.contact) && (
        <section className={classes.to}>
          <Text size="xs" c="dimmed">
            For
          </Text>
          {quote.company && <Text fw={600}>{quote.company.name}</Text>}
          {quote.contact && <Text>{quote.contact.name}</Text>}
        </section>
      )}
      <Table className={classes.lines} verticalSpacing={8}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Description</Table.Th>
            <Table.Th ta="right">Quantity</Table.Th>
            <Table.Th ta="right">Price</Table.Th>
            {discounted && <Table.Th ta="right">Off</Table.Th>}
            <Table.Th ta="right">Sum</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {quote.lines.map((line, index) => {
            const key = `${index}`
            return (
              <Table.Tr key={key}>
                <Table.Td className={classes.text}>{line.description}</Table.Td>
                <Table.Td ta="right">{line.quantity.toLocaleString()}</Table.Td>
                <Table.Td ta="right">{moneyText({ amount: line.unitPrice, currency })}</Table.Td>
                {discounted && (
                  <Table.Td ta="right">{line.discount > 0 ? `${line.discount}%` : ''}</Table.Td>
                )}
                <Table.Td ta="right">{moneyText(lineTotal({ ...line, key }, currency))}</Table.Td>
              </Table.Tr>
            )
          })}
          {quote.lines.length === 0 && (
            <Table.Tr>
              <Table.Td colSpan={columns} c="dimmed">
                No lines yet.
              </Table.Td>
            </Table.Tr>
          )}
        </Table.Tbody>
        <Table.Tfoot>
          <Sum label="Subtotal" value={moneyText(quote.subtotal)} columns={columns} />
          {quote.taxRate > 0 && (
            <Sum label={`Tax ${quote.taxRate}%`} value={moneyText(quote.tax)} columns={columns} />
          )}
          <Sum label="Total" value={moneyText(quote.total)} columns={columns} strong />
        </Table.Tfoot>
      </Table>
      {quote.notes && (
        <section className={classes.notes}>
          <TextWithLinks text={quote.notes} />
        </section>
      )}
    </article>
  )
}

interface SumProps {
  label: string
  value: string
  columns: number
  strong?: boolean
}

function Sum({ label, value, columns, strong = false }: SumProps) {
  return (
    <Table.Tr fw={strong ? 700 : undefined}>
      <Table.Td colSpan={columns - 1} ta="right">
        {label}
      </Table.Td>
      <Table.Td ta="right">{value}</Table.Td>
    </Table.Tr>
  )
}
