/** Who an e-mail is from and who gets it: copies are out of the way until somebody wants them. */
import { Button, Group, Select, Stack, TagsInput, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Email } from '../../../../contract/kernel/shapes'
import { api } from '../../../api'
import classes from './mail.module.css'

export interface Copies {
  cc: string[]
  bcc: string[]
}

export interface AddresseesProps extends Copies {
  /** The account it goes by; null while that is not known or there is none. */
  accountId: string | null
  onAccount(id: string): void
  /** The field or text that says who it is to. */
  to: ReactNode
  onChange(copies: Partial<Copies>): void
}

const names = { cc: 'Cc', bcc: 'Bcc' } as const
const kinds = ['cc', 'bcc'] as const
/** As many as one message takes. */
const most = 20

/** Addresses among these that are none. */
export const faultyIn = ({ cc, bcc }: Copies): string[] =>
  [...cc, ...bcc].filter((address) => !Email.safeParse(address).success)

export function Addressees({ accountId, onAccount, to, cc, bcc, onChange }: AddresseesProps) {
  const accounts = useQuery(api.mail.accounts.list.queryOptions())
  const usable = accounts.data?.filter(({ active, id }) => active || id === accountId) ?? []
  const [opened, setOpened] = useState<readonly string[]>([])
  const values = { cc, bcc }
  const isShown = (kind: (typeof kinds)[number]) => values[kind].length > 0 || opened.includes(kind)
  return (
    <Stack gap="xs">
      {usable.length > 0 && (
        <Select
          label="From"
          allowDeselect={false}
          data={usable.map(({ id, name, fromName, fromAddress }) => {
            const seen = fromName ? `${fromName} <${fromAddress}>` : fromAddress
            return { value: id, label: usable.length > 1 ? `${seen} · ${name}` : seen }
          })}
          value={accountId}
          onChange={(id) => id && onAccount(id)}
        />
      )}
      <div className={classes.to}>
        {to}
        <Group gap={4} wrap="nowrap" className={classes.copies}>
          {kinds
            .filter((kind) => !isShown(kind))
            .map((kind) => (
              <Button
                key={kind}
                variant="subtle"
                color="gray"
                size="compact-sm"
                onClick={() => setOpened((before) => [...before, kind])}
              >
                {names[kind]}
              </Button>
            ))}
        </Group>
      </div>
      {kinds.filter(isShown).map((kind) => {
        const faulty = faultyIn({ cc: [], bcc: [], [kind]: values[kind] })
        return (
          <TagsInput
            key={kind}
            label={names[kind]}
            autoFocus={opened.at(-1) === kind && values[kind].length === 0}
            placeholder={values[kind].length === 0 ? 'name@example.com' : ''}
            inputMode="email"
            // There is nothing to choose from: Esc is for the dialog.
            dropdownOpened={false}
            splitChars={[',', ';', ' ']}
            acceptValueOnBlur
            data-commits-on-leaving
            maxTags={most}
            value={values[kind]}
            error={
              faulty.length > 0
                ? `Use an address like name@example.com, not ${faulty.join(', ')}`
                : undefined
            }
            onChange={(next) => onChange({ [kind]: next.map((one) => one.trim()) })}
          />
        )
      })}
    </Stack>
  )
}

/** The person it is written to, as text. */
export function Recipient({ name, address }: { name: string | null; address: string | null }) {
  return (
    <Text size="sm" className={classes.recipient}>
      <span className={classes.label}>To</span>{' '}
      {address === null ? (
        <Text span c="red">
          {name ? `${name} has no e-mail address` : 'Nobody: there is no e-mail address'}
        </Text>
      ) : name ? (
        <>
          {name} <span className={classes.address}>&lt;{address}&gt;</span>
        </>
      ) : (
        address
      )}
    </Text>
  )
}
