/** The dialog that logs an activity from anywhere: on one record, or the same on several. */
import { Modal, SegmentedControl, SimpleGrid, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Reference } from '../../../../contract/kernel/shapes'
import { api } from '../../../api'
import { useOnTop } from '../../../app/actions'
import type { CreateDialogProps } from '../../../app/create'
import { createKey } from '../../../app/drafts/key'
import { useKept } from '../../../app/drafts/useDraft'
import { ReferencePicker } from '../../../ui/ReferencePicker'
import { ReferencesPicker } from '../../../ui/ReferencesPicker'
import { type Initial, initialReference, initialText } from '../../../ui/record/initial'
import { useNarrow } from '../../../ui/useNarrow'
import { Composer } from './Composer'
import { type ActivityDraft, planDraft, startDraft } from './draft'
import { type LogKind, linksTo } from './links'

/** What the activity is logged on. */
interface About {
  several: boolean
  lead: Reference | null
  contact: Reference | null
  company: Reference | null
  kind: LogKind
  ids: string[]
}

const tellsItself = { showsProblem: true }

export default function CreateActivity({ initial, onClose, onCreated }: CreateDialogProps) {
  const narrow = useNarrow()
  const onTop = useOnTop()
  const [blank] = useState<About>(() => ({
    several: initial.several === true,
    lead: initialReference(initial, 'lead'),
    contact: initialReference(initial, 'contact'),
    company: initialReference(initial, 'company'),
    kind: 'lead',
    ids: [],
  }))
  const key = createKey('activity', { initial, onCreated })
  const kept = useKept<{ beside: About }>(key, { beside: blank })
  const [about, setAbout] = useState(kept?.content.beside ?? blank)
  const { several, lead, contact, company, kind, ids } = about
  const change = (part: Partial<About>) => setAbout((before) => ({ ...before, ...part }))
  const name = [lead, contact, company].find((record) => record !== null)?.name
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
        keep={{
          key,
          title: name ? `New activity: ${name}` : 'New activity',
          place: { dialog: 'create.activity', with: { ...initial } },
          beside: { value: about, blank, put: (next) => setAbout(next as About) },
        }}
        onClose={onClose}
        disabled={several ? ids.length === 0 : !lead && !contact && !company}
        about={
          several
            ? ids.map((id) => linksTo(kind, id))
            : [{ leadId: lead?.id ?? null, contactId: contact?.id ?? null }]
        }
        onSave={async (input, _, plan) => {
          if (several) {
            await createMany.mutateAsync({
              activities: ids.map((id) => ({ ...input, ...plan, ...linksTo(kind, id) })),
            })
          } else {
            const { id, subject } = await create.mutateAsync({
              ...input,
              ...plan,
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
              onChange={(value) => change({ several: value === 'several' })}
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
                  onChange={(value) => change({ kind: value as LogKind, ids: [] })}
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
                  onChange={(next) => change({ ids: next })}
                  placeholder="Search, and pick as many as you like"
                />
              </>
            ) : (
              <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="xs">
                <ReferencePicker
                  of="lead"
                  label="Lead"
                  size="xs"
                  value={lead}
                  onChange={(next) => change({ lead: next })}
                />
                <ReferencePicker
                  of="contact"
                  label="Contact"
                  size="xs"
                  value={contact}
                  onChange={(next) => change({ contact: next })}
                  createWith={{ companyId: company }}
                />
                <ReferencePicker
                  of="company"
                  label="Company"
                  size="xs"
                  value={company}
                  onChange={(next) => change({ company: next })}
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
