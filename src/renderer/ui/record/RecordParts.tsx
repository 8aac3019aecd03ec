/** What areas add to a record's page (see `app/recordParts.ts`). */
import { Suspense } from 'react'
import { partsAt, type RecordPlace, type ShownRecord } from '../../app/recordParts'
import { useContributions } from '../../app/root'

export const useRecordParts = (place: RecordPlace, record: ShownRecord) =>
  partsAt(place, useContributions().recordParts, record)

export interface RecordPartsProps {
  place: RecordPlace
  record: ShownRecord
}

/** All of one place, in order. */
export function RecordParts({ place, record }: RecordPartsProps) {
  return (
    // They are loaded with the page, unless its route does not say so.
    <Suspense fallback={null}>
      {useRecordParts(place, record).map(({ name, component: Part }) => (
        <Part key={name} record={record} />
      ))}
    </Suspense>
  )
}
