/**
 * Every keyboard shortcut of the program: the one registry. Handlers are bound by `useShortcuts`,
 * the keyboard map (`?`) is drawn from this list.
 *
 * `keys` is a chord (`mod+shift+z`; `mod` is ⌘ on a Mac, Ctrl elsewhere) or a sequence (`g p`).
 */
export interface Shortcut {
  keys: string
  label: string
  group:
    | 'Everywhere'
    | 'Go to'
    | 'Lists'
    | 'Today'
    | 'Queue'
    | 'Calendar'
    | 'Record'
    | 'Board'
    | 'Forms'
  /** Also works while a text field has the focus or a dialog is open. */
  always?: true
  /** Handled by the part of the screen that has the focus; listed for the map only. */
  local?: true
}

const registry = {
  palette: { keys: 'mod+k', label: 'Search and commands', group: 'Everywhere', always: true },
  keyboardMap: { keys: '?', label: 'This keyboard map', group: 'Everywhere' },
  undo: { keys: 'mod+z', label: 'Undo your last change', group: 'Everywhere' },
  redo: { keys: 'mod+shift+z', label: 'Redo', group: 'Everywhere' },
  newLead: { keys: 'n', label: 'New lead', group: 'Everywhere' },
  quickEntry: { keys: 'q', label: 'New task or reminder in one line', group: 'Everywhere' },
  close: { keys: 'Escape', label: 'Close, or choose no rows', group: 'Everywhere' },

  goToday: { keys: 'g d', label: 'Today', group: 'Go to' },
  goQueue: { keys: 'g n', label: 'Cadence queue', group: 'Go to' },
  goPipeline: { keys: 'g p', label: 'Pipeline', group: 'Go to' },
  goLeads: { keys: 'g l', label: 'Leads', group: 'Go to' },
  goCompanies: { keys: 'g c', label: 'Companies', group: 'Go to' },
  goContacts: { keys: 'g o', label: 'Contacts', group: 'Go to' },
  goCustomers: { keys: 'g u', label: 'Customers', group: 'Go to' },
  goQuotes: { keys: 'g q', label: 'Quotes', group: 'Go to' },
  goActivities: { keys: 'g a', label: 'Activities', group: 'Go to' },
  goTasks: { keys: 'g k', label: 'Tasks', group: 'Go to' },
  goReminders: { keys: 'g r', label: 'Reminders', group: 'Go to' },
  goCalendar: { keys: 'g w', label: 'Calendar', group: 'Go to' },
  openNotifications: { keys: 'g b', label: 'Notifications', group: 'Go to' },
  goImport: { keys: 'g i', label: 'Import', group: 'Go to' },
  goTrash: { keys: 'g t', label: 'Trash', group: 'Go to' },
  goSettings: { keys: 'g s', label: 'Settings', group: 'Go to' },

  focusSearch: { keys: '/', label: 'Search in this list', group: 'Lists' },
  nextRow: { keys: 'j', label: 'Next row', group: 'Lists' },
  previousRow: { keys: 'k', label: 'Previous row', group: 'Lists' },
  openRow: { keys: 'Enter', label: 'Open the row', group: 'Lists' },
  selectRow: { keys: 'x', label: 'Select the row', group: 'Lists' },
  selectAll: { keys: 'mod+a', label: 'Select all that are shown', group: 'Lists' },

  completeItem: { keys: 'c', label: 'Complete', group: 'Today' },
  snoozeItem: { keys: 's', label: 'Put off: then 1 to 5', group: 'Today' },
  rescheduleItem: { keys: 'r', label: 'Choose another time', group: 'Today' },
  logItem: { keys: 'l', label: 'Log how it went', group: 'Today' },
  openItem: { keys: 'o', label: 'Open the record it is about', group: 'Today' },
  deleteItem: { keys: 'Delete', label: 'Delete', group: 'Today' },
  selectDown: { keys: 'shift+j', label: 'Select downwards', group: 'Today' },
  selectUp: { keys: 'shift+k', label: 'Select upwards', group: 'Today' },

  stepDone: { keys: 'Enter', label: 'Done, without an outcome', group: 'Queue' },
  stepOutcome: {
    keys: '1',
    label: 'Done, with the outcome of that number',
    group: 'Queue',
    local: true,
  },
  writeStepEmail: { keys: 'e', label: 'Write the e-mail of the step', group: 'Queue' },
  noteOnStep: { keys: 't', label: 'Write what came of it', group: 'Queue' },
  skipStep: { keys: 's', label: 'Skip the step', group: 'Queue' },
  pausePlan: { keys: 'z', label: 'Pause the plan: then 1 to 5', group: 'Queue' },
  nextStep: { keys: 'n', label: 'Next lead', group: 'Queue' },
  previousStep: { keys: 'p', label: 'Previous lead', group: 'Queue' },
  openLead: { keys: 'o', label: 'Open the lead', group: 'Queue' },

  calendarToday: { keys: 't', label: 'Today', group: 'Calendar' },
  calendarNext: { keys: 'j', label: 'Next day, week or month', group: 'Calendar' },
  calendarPrevious: { keys: 'k', label: 'Previous day, week or month', group: 'Calendar' },
  calendarRight: { keys: 'ArrowRight', label: 'Forward', group: 'Calendar' },
  calendarLeft: { keys: 'ArrowLeft', label: 'Back', group: 'Calendar' },
  calendarDay: { keys: 'd', label: 'Show a day', group: 'Calendar' },
  calendarWeek: { keys: 'w', label: 'Show a week', group: 'Calendar' },
  calendarMonth: { keys: 'm', label: 'Show a month', group: 'Calendar' },

  logCall: { keys: 'c', label: 'Log a call', group: 'Record' },
  logEmail: { keys: 'e', label: 'Log an e-mail', group: 'Record' },
  logMeeting: { keys: 'm', label: 'Log a meeting', group: 'Record' },
  logNote: { keys: 't', label: 'Write a note', group: 'Record' },
  logTask: { keys: 'a', label: 'Plan a task', group: 'Record' },
  remindMe: { keys: 'r', label: 'Remind me of it', group: 'Record' },
  editFacts: { keys: 'f', label: 'Edit the first fact', group: 'Record' },

  moveCardLeft: {
    keys: 'alt+ArrowLeft',
    label: 'Move the card a stage back',
    group: 'Board',
    local: true,
  },
  moveCardRight: {
    keys: 'alt+ArrowRight',
    label: 'Move the card a stage on',
    group: 'Board',
    local: true,
  },
  moveCardUp: { keys: 'alt+ArrowUp', label: 'Move the card up', group: 'Board', local: true },
  moveCardDown: { keys: 'alt+ArrowDown', label: 'Move the card down', group: 'Board', local: true },

  save: { keys: 'mod+Enter', label: 'Save', group: 'Forms', local: true },
  confirmFact: { keys: 'Enter', label: 'Save the value being edited', group: 'Forms', local: true },
} as const satisfies Record<string, Shortcut>

export type ShortcutName = keyof typeof registry
export const shortcuts: Readonly<Record<ShortcutName, Shortcut>> = registry

/** What a key press adds to a sequence, e.g. `mod+shift+z`, `?`, `g`; null for a lone modifier. */
export function chordOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
  isMac: boolean,
): string | null {
  if (['Control', 'Meta', 'Alt', 'Shift', 'AltGraph', 'Dead'].includes(event.key)) return null
  const mod = isMac ? event.metaKey : event.ctrlKey
  const other = isMac ? event.ctrlKey : event.metaKey
  const letter = event.key.length === 1
  const isLetter = letter && event.key.toLowerCase() !== event.key.toUpperCase()
  // Shift is already in `?` and the like; for letters and named keys it must be named.
  const shift = event.shiftKey && (isLetter || !letter)
  return [
    mod && 'mod',
    other && 'meta',
    event.altKey && 'alt',
    shift && 'shift',
    isLetter ? event.key.toLowerCase() : event.key,
  ]
    .filter(Boolean)
    .join('+')
}

/**
 * The next state of a sequence: what is pending now, and the shortcuts it completes. A chord that
 * fits no pending sequence begins a new one.
 */
export function advance(
  pending: string,
  chord: string,
  candidates: readonly ShortcutName[] = Object.keys(shortcuts) as ShortcutName[],
): { pending: string; complete: ShortcutName[] } {
  const bound = candidates.filter((name) => !shortcuts[name].local)
  for (const typed of pending ? [`${pending} ${chord}`, chord] : [chord]) {
    const complete = bound.filter((name) => shortcuts[name].keys === typed)
    if (complete.length > 0) return { pending: '', complete }
    if (bound.some((name) => shortcuts[name].keys.startsWith(`${typed} `))) {
      return { pending: typed, complete: [] }
    }
  }
  return { pending: '', complete: [] }
}

/** Keys as caps to draw: `mod+shift+z` → [['Ctrl', 'Shift', 'Z']], `g p` → [['G'], ['P']]. */
export function keyCaps(keys: string, isMac: boolean): string[][] {
  const names: Record<string, string> = {
    mod: isMac ? '⌘' : 'Ctrl',
    alt: isMac ? '⌥' : 'Alt',
    shift: isMac ? '⇧' : 'Shift',
    ArrowLeft: '←',
    ArrowRight: '→',
    ArrowUp: '↑',
    ArrowDown: '↓',
    Escape: 'Esc',
    Delete: 'Del',
    Enter: '↵',
  }
  return keys
    .split(' ')
    .map((chord) =>
      chord.split('+').map((key) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key)),
    )
}
