/** Makes a lead a customer: a new one, or one that is there already. */
import { Button, Group, Modal, SegmentedControl, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Lead } from '../../../contract/leads'
import type { Reference } from '../../../contract/shapes'
import { api } from '../../api'
import { useApp } from '../../app/actions'
import { fieldErrors, messageOf } from '../../app/problems'
import { DuplicateHint } from '../../ui/DuplicateHint'
import { ReferencePicker } from '../../ui/ReferencePicker'

export function ConvertDialog({ lead, onClose }: { lead: Lead; onClose(): void }) {
  const app = useApp()
  const [existing, setExisting] = useState(false)
  const [name, setName] = useState(lead.company?.name ?? lead.contact?.name ?? lead.title)
  const [customer, setCustomer] = useState<Reference | null>(null)
  const convert = useMutation(
    api.leads.convert.mutationOptions({
      meta: { showsProblem: true },
      onSuccess: ({ id }) => {
        onClose()
        app.openRecord('customer', id)
      },
    }),
  )
  const errors = convert.error ? fieldErrors(convert.error, ['name', 'customerId']) : {}
  const problem = convert.error
    ? (errors[''] ?? (Object.keys(errors).length === 0 ? messageOf(convert.error) : null))
    : null
  return (
    <Modal opened onClose={onClose} title="Convert to customer">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          convert.mutate({
            id: lead.id,
            ...(existing ? (customer ? { customerId: customer.id } : {}) : { name }),
          })
        }}
      >
        <Stack gap="sm">
          {lead.status !== 'won' && (
            <Text size="sm" c="dimmed">
              The lead is won by it and moves to the won stage.
            </Text>
          )}
          <SegmentedControl
            aria-label="Which customer"
            value={existing ? 'existing' : 'new'}
            onChange={(value) => setExisting(value === 'existing')}
            data={[
              { value: 'new', label: 'New customer' },
              { value: 'existing', label: 'Customer already there' },
            ]}
          />
          {existing ? (
            <ReferencePicker
              of="customer"
              label="Customer"
              value={customer}
              onChange={setCustomer}
              error={errors.customerId}
              autoFocus
            />
          ) : (
            <>
              <TextInput
                label="Name"
                data-autofocus
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
                error={errors.name}
              />
              <DuplicateHint
                kind="customer"
                typed={[name]}
                onLeave={() => setExisting(true)}
                onTake={setCustomer}
              />
            </>
          )}
          {problem && (
            <Text size="sm" c="red" role="alert">
              {problem}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={convert.isPending} disabled={existing && !customer}>
              Convert
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
