/** The lines of a quote, with their sums as they are typed. */
import { ActionIcon, Button, Table, Text, Textarea, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { MoneyText } from '../../../ui/MoneyText'
import { readAmount } from '../../../ui/money'
import { NumberField } from '../../../ui/NumberField'
import classes from './Lines.module.css'
import { type DraftLine, emptyLine, lineTotal, totalsOf } from './totals'

export interface LinesEditorProps {
  lines: DraftLine[]
  onChange(lines: DraftLine[]): void
  taxRate: number
  onTaxRate(rate: number): void
  currency: string
  error?: string | undefined
}

export function LinesEditor({
  lines,
  onChange,
  taxRate,
  onTaxRate,
  currency,
  error,
}: LinesEditorProps) {
  const prefix = useId()
  const [added, setAdded] = useState(0)
  const totals = totalsOf(lines, taxRate, currency)
  const change = (key: string, part: Partial<DraftLine>) =>
    onChange(lines.map((line) => (line.key === key ? { ...line, ...part } : line)))
  const add = () => {
    setAdded(added + 1)
    onChange([...lines, emptyLine(`${prefix} ${added}`)])
  }
  return (
    <div className={classes.lines}>
      {lines.map((line, index) => (
        <fieldset key={line.key} className={classes.line} aria-label={`Line ${index + 1}`}>
          <Textarea
            className={classes.description}
            size="xs"
            aria-label="Description"
            placeholder="What is offered"
            autosize
            minRows={1}
            maxRows={4}
            value={line.description}
            onChange={(event) => change(line.key, { description: event.currentTarget.value })}
          />
          <NumberField
            size="xs"
            aria-label="Quantity"
            placeholder="1"
            min={0}
            value={line.quantity}
            onChange={(quantity) => change(line.key, { quantity })}
          />
          <TextInput
            size="xs"
            aria-label="Unit price"
            placeholder="Price"
            inputMode="decimal"
            value={line.unitPrice}
            error={line.unitPrice !== '' && readAmount(line.unitPrice) === undefined}
            onChange={(event) => change(line.key, { unitPrice: event.currentTarget.value })}
          />
          <NumberField
            size="xs"
            aria-label="Discount in percent"
            placeholder="Off"
            suffix="%"
            min={0}
            max={100}
            value={line.discount}
            onChange={(discount) => change(line.key, { discount })}
          />
          <Text size="sm" ta="right" className={classes.sum}>
            <MoneyText value={lineTotal(line, currency)} />
          </Text>
          <ActionIcon
            size="sm"
            aria-label={`Remove line ${index + 1}`}
            onClick={() => onChange(lines.filter(({ key }) => key !== line.key))}
          >
            <IconX size={14} />
          </ActionIcon>
        </fieldset>
      ))}
      {error && (
        <Text size="xs" c="red" role="alert">
          {error}
        </Text>
      )}
      <div className={classes.below}>
        <Button variant="subtle" leftSection={<IconPlus size={14} />} onClick={add}>
          Line
        </Button>
        <Table withRowBorders={false} className={classes.totals} verticalSpacing={3}>
          <Table.Tbody>
            <Table.Tr>
              <Table.Td>Subtotal</Table.Td>
              <Table.Td ta="right">
                <MoneyText value={totals.subtotal} />
              </Table.Td>
            </Table.Tr>
            <Table.Tr>
              <Table.Td>
                <NumberField
                  size="xs"
                  w={104}
                  aria-label="Tax in percent"
                  prefix="Tax "
                  suffix="%"
                  min={0}
                  max={100}
                  value={taxRate}
                  onChange={(rate) => onTaxRate(rate ?? 0)}
                />
              </Table.Td>
              <Table.Td ta="right">
                <MoneyText value={totals.tax} />
              </Table.Td>
            </Table.Tr>
            <Table.Tr fw={650}>
              <Table.Td>Total</Table.Td>
              <Table.Td ta="right">
                <MoneyText value={totals.total} />
              </Table.Td>
            </Table.Tr>
          </Table.Tbody>
        </Table>
      </div>
    </div>
  )
}
