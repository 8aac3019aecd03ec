/** An activity for many records that was put aside, opened again from anywhere. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { FormDialogProps } from '../../../app/area'
import type { BulkTarget } from '../../../ui/list/definition'
import { ReferencesPicker } from '../../../ui/ReferencesPicker'
import { BulkLogDialog, pageOf } from './BulkLogDialog'
import { logKinds } from './links'

export default function BulkLogFormDialog({ with: values, onClose }: FormDialogProps) {
  const kind = logKinds.find((one) => one === values.kind) ?? 'lead'
  const [given] = useState(() => targetOf(values.target))
  const [selected, setSelected] = useState<string[]>([])
  const target = given ?? { ids: selected }
  // A filter may let other records through by now.
  const found = useQuery({
    queryKey: ['number of records to log on', kind, target],
    queryFn: async () =>
      'ids' in target
        ? target.ids.length
        : (await pageOf(kind, { ...target.where, limit: 1 })).total,
    gcTime: 0,
  })
  return (
    <BulkLogDialog
      kind={kind}
      target={target}
      count={found.data ?? 0}
      above={
        !given && (
          <ReferencesPicker
            aria-label="Records"
            of={kind}
            value={selected}
            onChange={setSelected}
            placeholder="Search, and pick as many as you like"
          />
        )
      }
      onClose={onClose}
    />
  )
}

/** Null where they were too many to be kept. */
const targetOf = (target: unknown): BulkTarget | null =>
  typeof target === 'object' && target !== null && ('ids' in target || 'where' in target)
    ? (target as BulkTarget)
    : null
