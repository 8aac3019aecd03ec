/** Opens the export of what a list shows. */
import { type ReactNode, Suspense, useState } from 'react'
import type { ExportPath } from '../../app/records'
import { useContributions } from '../../app/root'
import type { ExportDialogProps, ExportWhat } from './definition'

export interface Exporting {
  /** @param count how many rows are meant */
  ask(what: ExportWhat, count: number): void
  /** To be rendered. */
  dialog: ReactNode
}

export function useExport(
  /** Undefined where the list cannot be exported: nothing is ever asked then. */
  kind: ExportPath | undefined,
  columns: ExportDialogProps['columns'],
  shown: readonly string[],
): Exporting {
  const { ExportDialog } = useContributions()
  const [asked, setAsked] = useState<{ what: ExportWhat; count: number } | null>(null)
  return {
    ask: (what, count) => setAsked({ what, count }),
    dialog: asked && kind && ExportDialog && (
      <Suspense fallback={null}>
        <ExportDialog
          kind={kind}
          what={asked.what}
          count={asked.count}
          columns={columns}
          shown={shown}
          onClose={() => setAsked(null)}
        />
      </Suspense>
    ),
  }
}
