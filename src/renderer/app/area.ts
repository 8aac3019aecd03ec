/** What an area of the program brings into the shell. */
import type { Icon } from '@tabler/icons-react'
import type { ComponentType, LazyExoticComponent } from 'react'
import type { Permission } from '../../contract/kernel/base'
import type { ExportDialogProps } from '../ui/list/definition'
import type { AppActions } from './actions'
import type { BulkAction } from './bulkActions'
import type { CreatableKind, CreateDialogProps } from './create'
import type { RecordPart } from './recordParts'

/** A place in the navigation. */
export interface NavigationEntry {
  label: string
  icon: Icon
  /** Path of a registered route. */
  to: string
  /** Its place: small numbers first. */
  order: number
  /** The main places are on top, the others below a line. */
  section: 'main' | 'more'
  /** Whether it is one of the four in the bottom bar of a phone. */
  onPhone?: boolean
  /** A small count beside the label; shows nothing while there is nothing to tell. */
  badge?: LazyExoticComponent<ComponentType>
  permission?: Permission
}

/** Something the palette offers to do. */
export interface PaletteAction {
  id: string
  label: string
  description?: string
  group: 'Go to' | 'Create' | 'Log' | 'Do'
  icon: Icon
  keywords?: string[]
  /** Keys as in the keyboard map, shown beside the label. */
  keys?: string
  permission?: Permission
  run(app: AppActions): void
}

/** What a form is given that opens as a dialog from anywhere. */
export interface FormDialogProps {
  /** As its draft has it. */
  with: Readonly<Record<string, unknown>>
  onClose(): void
}

export interface Area {
  navigation?: readonly NavigationEntry[]
  actions?: readonly PaletteAction[]
  createDialogs?: Partial<
    Record<CreatableKind, LazyExoticComponent<ComponentType<CreateDialogProps>>>
  >
  /** Forms that a draft opens again from anywhere, by the name in its place. */
  formDialogs?: Readonly<Record<string, LazyExoticComponent<ComponentType<FormDialogProps>>>>
  /** A small sign in the top bar; shows nothing while there is nothing to tell. */
  indicator?: LazyExoticComponent<ComponentType>
  /** A line above every screen; shows nothing while there is nothing to say. */
  banner?: ComponentType
  /** What it adds to the pages of records, its own and those of other areas. */
  recordParts?: readonly RecordPart[]
  /** What it adds for the selected rows of lists. */
  bulkActions?: readonly BulkAction[]
  /** Finds and runs everything; opened by the shell. */
  palette?: LazyExoticComponent<ComponentType>
  /** Exports what a list shows. */
  exportDialog?: LazyExoticComponent<ComponentType<ExportDialogProps>>
  /** The only screen shown while the database is damaged. */
  restoreScreen?: LazyExoticComponent<ComponentType>
}
