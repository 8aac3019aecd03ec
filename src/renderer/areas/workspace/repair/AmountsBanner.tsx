/** Asks about amounts of which nothing tells how an earlier version stored them. */
import {
  Alert,
  Button,
  Checkbox,
  Group,
  Modal,
  ScrollArea,
  Stack,
  Table,
  Text,
} from '@mantine/core'
import { IconCoins } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../api'
import { useMay } from '../../../app/session'
import { MoneyText } from '../../../ui/MoneyText'

const count = (leads: number) => `${leads.toLocaleString()} ${leads === 1 ? 'amount' : 'amounts'}`

export function AmountsBanner() {
  const mayAdminister = useMay('administer')
  const [opened, setOpened] = useState(false)
  const unclear = useQuery({ ...api.amounts.unclear.queryOptions(), enabled: mayAdminister })
  const total = unclear.data?.total ?? 0
  if (!mayAdminister || total === 0) return null
  return (
    <Alert
      color="amber"
      radius={0}
      py={8}
      icon={<IconCoins size={18} />}
      role="status"
      style={{ flexShrink: 0 }}
    >
      <Group justify="space-between" gap="sm">
        <Text size="sm">
          Check {count(total)}: an earlier version may have stored {total === 1 ? 'it' : 'them'} 100
          times too large or too small.
        </Text>
        <Button size="xs" variant="default" onClick={() => setOpened(true)}>
          Check amounts
        </Button>
      </Group>
      <Modal opened={opened} onClose={() => setOpened(false)} title="Check amounts" size="lg">
        <UnclearAmounts onDone={() => setOpened(false)} />
      </Modal>
    </Alert>
  )
}

function UnclearAmounts({ onDone }: { onDone: () => void }) {
  const cache = useQueryClient()
  const { data } = useQuery(api.amounts.unclear.queryOptions())
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const settle = useMutation({
    ...api.amounts.settle.mutationOptions(),
    onSuccess: (_result, { leadIds }) => {
      setSelected(new Set())
      if ((leadIds?.length ?? 0) >= (data?.total ?? 0)) onDone()
    },
    onSettled: () => cache.invalidateQueries({ queryKey: api.amounts.key() }),
  })
  const items = data?.items ?? []
  const leadIds = items.map(({ leadId }) => leadId).filter((id) => selected.has(id))
  const allSelected = items.length > 0 && leadIds.length === items.length
  const toggle = (id: string) => {
    const next = new Set(selected)
    if (!next.delete(id)) next.add(id)
    setSelected(next)
  }
  const settleAs = (choice: 'keep' | 'other') => settle.mutate({ choice, leadIds })
  return (
    <Stack>
      <Text size="sm">
        Amounts in these currencies were stored in two ways, depending on the version of the system.
        Select leads and say which amount is right. You can undo a correction.
      </Text>
      <ScrollArea.Autosize mah="50vh">
        <Table verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={36}>
                <Checkbox
                  aria-label="Select all"
                  checked={allSelected}
                  indeterminate={leadIds.length > 0 && !allSelected}
                  onChange={() =>
                    setSelected(new Set(allSelected ? [] : items.map(({ leadId }) => leadId)))
                  }
                />
              </Table.Th>
              <Table.Th>Lead</Table.Th>
              <Table.Th ta="right">Now, or</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {items.map(({ leadId, title, amount, other }) => (
              <Table.Tr key={leadId}>
                <Table.Td>
                  <Checkbox
                    aria-label={`Select ${title}`}
                    checked={selected.has(leadId)}
                    onChange={() => toggle(leadId)}
                  />
                </Table.Td>
                <Table.Td>{title}</Table.Td>
                <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
                  <Text size="sm" fw={600}>
                    <MoneyText value={amount} />
                  </Text>
                  <Text size="sm" c="dimmed">
                    or <MoneyText value={other} />
                  </Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
      {data && data.total > items.length && (
        <Text size="sm" c="dimmed">
          The first {items.length.toLocaleString()} of {count(data.total)}. The others follow.
        </Text>
      )}
      <Group justify="flex-end">
        <Button
          variant="default"
          disabled={leadIds.length === 0}
          loading={settle.isPending}
          onClick={() => settleAs('keep')}
        >
          Keep as now
        </Button>
        <Button
          disabled={leadIds.length === 0}
          loading={settle.isPending}
          onClick={() => settleAs('other')}
        >
          Use the other amount
        </Button>
      </Group>
    </Stack>
  )
}
