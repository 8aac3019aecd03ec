/** An amount as people type it, with its currency. */
import { NativeSelect, TextInput, type TextInputProps } from '@mantine/core'
import { useState } from 'react'
import type { Money } from '../../contract/kernel/shapes'
import classes from './MoneyInput.module.css'
import { readAmount } from './money'
import { unresolved } from './unresolved'
import { useCurrencies } from './useCurrencies'

export interface MoneyInputProps
  extends Omit<TextInputProps, 'value' | 'onChange' | 'defaultValue' | 'rightSection'> {
  value: Money | null
  /** Offered first where there is no value; by default the workspace's. */
  currency?: string
  /** Called with null when emptied; not called while the text is no amount. */
  onChange(value: Money | null): void
  /** Told whether the text can be read, to hold back saving. */
  onReadable?: (readable: boolean) => void
}

export function MoneyInput({
  value,
  currency: offered,
  onChange,
  onReadable,
  error,
  ...input
}: MoneyInputProps) {
  const { currencies, preferred } = useCurrencies(value?.currency ?? offered)
  const [currency, setCurrency] = useState<string | null>(value?.currency ?? offered ?? null)
  const [text, setText] = useState(value?.amount.replace(/\.0+$/, '') ?? '')
  const chosen = currency ?? preferred
  const readable = text.trim() === '' || readAmount(text) !== undefined
  const give = (nextText: string, nextCurrency: string) => {
    const amount = readAmount(nextText)
    onReadable?.(nextText.trim() === '' || amount !== undefined)
    if (nextText.trim() === '') onChange(null)
    else if (amount !== undefined) onChange({ amount, currency: nextCurrency })
  }
  return (
    <TextInput
      {...input}
      {...unresolved(!readable)}
      inputMode="decimal"
      autoComplete="off"
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value)
        give(event.currentTarget.value, chosen)
      }}
      error={error ?? (readable ? undefined : 'Write an amount like 1,054.50')}
      rightSectionWidth={72}
      rightSection={
        <NativeSelect
          aria-label="Currency"
          variant="unstyled"
          size="xs"
          w={70}
          rightSectionWidth={24}
          classNames={{ input: classes.currency }}
          data={currencies}
          value={chosen}
          onChange={(event) => {
            setCurrency(event.currentTarget.value)
            give(text, event.currentTarget.value)
          }}
        />
      }
    />
  )
}
