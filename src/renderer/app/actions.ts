/** What can be asked of the shell from anywhere: go somewhere, create, undo, open its panels. */
import type { MantineColorScheme } from '@mantine/core'
import { createContext, useContext } from 'react'
import type { Draft } from '../../contract/workspace/drafts'
import type { CreatableKind, CreateDialogProps } from './create'
import type { PageKind } from './records'

export interface CreateOptions {
  initial?: Record<string, unknown>
  /** Called with the new record; without it the shell opens the record's page. */
  onCreated?: CreateDialogProps['onCreated']
}

export interface AppActions {
  /** Opens a path such as `/leads?sort=-value`. */
  goTo(path: string): void
  openRecord(kind: PageKind, id: string): void
  /**
   * Opens a record that was just created, or says so where the person has gone on meanwhile.
   * @param from the place where it was saved
   */
  openNew(kind: PageKind, record: { id: string; name: string }, from: string): void
  create(kind: CreatableKind, options?: CreateOptions): void
  /** Opens the form of a draft where it was left, or as a dialog where the user is. */
  openDraft(draft: Draft): void
  /** Opens the list of all drafts. */
  openDrafts(): void
  /** Takes back one batch, or without one the latest of one's own. */
  undo(batchId?: string): void
  redo(): void
  openPalette(): void
  openKeyboardMap(): void
  setColorScheme(scheme: MantineColorScheme): void
  /** Runs the handler that the screen in front has for a shortcut; false where there is none. */
  press(shortcut: string): boolean
}

export const AppActionsContext = createContext<AppActions | null>(null)

/** Whether this create dialog is the front one; Esc closes only that. */
export const OnTopContext = createContext(true)
export const useOnTop = (): boolean => useContext(OnTopContext)

export function useApp(): AppActions {
  const app = useContext(AppActionsContext)
  if (!app) throw new Error('useApp needs the shell around it')
  return app
}
