/** The dialog that logs an activity from anywhere: on one record, or the same on several. */
import { Modal, SegmentedControl, SimpleGrid, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Reference } from '../../../contract/shapes'
import { api } from '../../api'
import { useOnTop } from '../../app/actions'
import type { CreateDialogProps } from '../../app/create'
import { ReferencePicker, ReferencesPicker } from '../../ui/ReferencePicker'
import { type Initial, initialReference, initialText } from '../../ui/record/initial'
import { useNarrow } from '../../ui/useNarrow'
import { Composer } from './Composer'
import { type ActivityDraft, planDraft, startDraft } from './draft'
import { type LogKind, linksTo } from './links'

const tellsItself = { showsProblem: true }

export default function CreateActivity({ initial, onClose, onCreated }: CreateDialogProps) {
  const narrow = useNarrow()
  const onTop = useOnTop()
  const [several, setSeveral] = useState(initial.several === true)
  const [lead, setLead] = useState<Reference | null>(initialReference(initial, 'lead'))
  const [contact, setContact] = useState<Reference | null>(initialReference(initial, 'contact'))
  const [company, setCompany] = useState<Reference | null>(initialReference(initial, 'company'))
  const [kind, setKind] = useState<LogKind>('lead')
  const [ids, setIds] = useState<string[]>([])
  const create = useMutation(api.activities.create.mutationOptions({ meta: tellsItself }))
  const createMany = useMutation(api.activities.createMany.mutationOptions({ meta: tellsItself }))
  return (
    <Modal
      opened
      onClose={onClose}
      title="New activity"
      size="lg"
      fullScreen={narrow}
      closeOnEscape={onTop}
    >
      <Composer
        initial={draftFrom(initial)}
        onCancel={onClose}
        disabled={several ? ids.length === 0 : !lead && !contact && !company}
        onSave={async (input) => {
          if (several) {
            await createMany.mutateAsync({
              activities: ids.map((id) => ({ ...input, ...linksTo(kind, id) })),
            })
          } else {
            const { id, subject } = await create.mutateAsync({
              ...input,
              leadId: lead?.id ?? null,
              contactId: contact?.id ?? null,
              companyId: company?.id ?? null,
            })
            onCreated?.({ id, name: subject ?? '' })
          }
          onClose()
        }}
        above={
          <Stack gap="xs">
            <SegmentedControl
              aria-label="On one record or several"
              value={several ? 'several' : 'one'}
              onChange={(value) => setSeveral(value === 'several')}
              data={[
                { value: 'one', label: 'On one record' },
                { value: 'several', label: 'The same on several' },
              ]}
            />
            {several ? (
              <>
                <SegmentedControl
                  aria-label="Kind of records"
                  value={kind}
                  onChange={(value) => {
                    setKind(value as LogKind)
                    setIds([])
                  }}
                  data={[
                    { value: 'lead', label: 'Leads' },
                    { value: 'contact', label: 'Contacts' },
                    { value: 'company', label: 'Companies' },
                    { value: 'customer', label: 'Customers' },
                  ]}
                />
                <ReferencesPicker
                  aria-label="Records"
                  of={kind}
                  value={ids}
                  onChange={setIds}
                  placeholder="Search, and pick as many as you like"
                />
              </>
            ) : (
              <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="xs">
                <ReferencePicker of="lead" label="Lead" size="xs" value={lead} onChange={setLead} />
                <ReferencePicker
                  of="contact"
                  label="Contact"
                  size="xs"
                  value={contact}
                  onChange={setContact}
                  createWith={{ companyId: company }}
                />
                <ReferencePicker
                  of="company"
                  label="Company"
                  size="xs"
                  value={company}
                  onChange={setCompany}
                  createWith={{}}
                />
              </SimpleGrid>
            )}
          </Stack>
        }
      />
    </Modal>
  )
}

function draftFrom(initial: Initial): ActivityDraft {
  const type = initialText(initial, 'type') || 'call'
  const plannedAt = initialText(initial, 'plannedAt')
  const minutes = typeof initial.durationMinutes === 'number' ? initial.durationMinutes : null
  return plannedAt ? planDraft(type, plannedAt, minutes, new Date()) : startDraft(type, new Date())
}
