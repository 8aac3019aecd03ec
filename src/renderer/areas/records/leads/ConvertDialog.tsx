/** Makes a lead a customer: a new one, or one that is there already. */
import { Button, Group, Modal, SegmentedControl, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { Reference } from '../../../../contract/kernel/shapes'
import type { Lead } from '../../../../contract/records/leads'
import { api } from '../../../api'
import { useApp } from '../../../app/actions'
import { draftKey } from '../../../app/drafts/key'
import { useDraft } from '../../../app/drafts/useDraft'
import { placeNow } from '../../../app/place'
import { fieldErrors, messageOf } from '../../../app/problems'
import { DuplicateHint } from '../../../ui/DuplicateHint'
import { CancelButton } from '../../../ui/drafts/CancelButton'
import { DraftNotice } from '../../../ui/drafts/DraftNotice'
import { ReferencePicker } from '../../../ui/ReferencePicker'

interface Chosen {
  existing: boolean
  name: string
  customer: Reference | null
}

export function ConvertDialog({ lead, onClose }: { lead: Lead; onClose(): void }) {
  const app = useApp()
  const [chosen, setChosen, draft] = useDraft<Chosen>({
    key: draftKey('convert', lead.id),
    title: `Convert ${lead.title}`,
    recordId: lead.id,
    initial: {
      existing: false,
      name: lead.company?.name ?? lead.contact?.name ?? lead.title,
      customer: null,
    },
  })
  const { existing, name, customer } = chosen
  const change = (part: Partial<Chosen>) => setChosen((before) => ({ ...before, ...part }))
  const convert = useMutation(
    api.leads.convert.mutationOptions({
      meta: { showsProblem: true },
      onMutate: placeNow,
      onSuccess: (customer, _input, from) => {
        draft.done()
        onClose()
        app.openNew('customer', customer, from)
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
          <DraftNotice draft={draft} />
          {lead.status !== 'won' && (
            <Text size="sm" c="dimmed">
              The lead is won by it and moves to the won stage.
            </Text>
          )}
          <SegmentedControl
            aria-label="Which customer"
            value={existing ? 'existing' : 'new'}
            onChange={(value) => change({ existing: value === 'existing' })}
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
              onChange={(next) => change({ customer: next })}
              error={errors.customerId}
              autoFocus
            />
          ) : (
            <>
              <TextInput
                label="Name"
                data-autofocus
                value={name}
                onChange={(event) => change({ name: event.currentTarget.value })}
                error={errors.name}
              />
              <DuplicateHint
                kind="customer"
                typed={[name]}
                onLeave={() => change({ existing: true })}
                onTake={(next) => change({ customer: next })}
              />
            </>
          )}
          {problem && (
            <Text size="sm" c="red" role="alert">
              {problem}
            </Text>
          )}
          <Group justify="flex-end">
            <CancelButton draft={draft} onClose={onClose} />
            <Button type="submit" loading={convert.isPending} disabled={existing && !customer}>
              Convert
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
