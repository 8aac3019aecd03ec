/** The buttons that areas add for selected rows (see `app/bulkActions.ts`). */
import { Suspense } from 'react'
import type { BulkActionProps } from '../../app/bulkActions'
import { useContributions } from '../../app/root'

export function BulkActions(props: BulkActionProps) {
  return (
    // They are loaded with the list, unless its route does not say so.
    <Suspense fallback={null}>
      {useContributions()
        .bulkActions.filter(({ of }) => of.includes(props.kind))
        .map(({ name, component: Action }) => (
          <Action key={name} {...props} />
        ))}
    </Suspense>
  )
}
