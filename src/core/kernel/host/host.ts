/** What the core needs from the program around it. Electron and the web host each answer in their own way. */
export interface Host {
  /**
   * Shows a notification of the operating system. Answers whether there is such a thing here;
   * what the user does with it comes back as an answer with its id.
   */
  notify(notice: Notice): Promise<boolean>
  /** What the tray and the badge show of the owner of this installation. */
  showCounts(counts: HostCounts): Promise<void>
  /** Opens a web, mail or telephone address with the program the system has for it. */
  openExternal(url: string): Promise<void>
  /** Passwords and tokens, kept by the operating system's own means. */
  secrets: SecretStore
}

/** Where there is nothing around the core. */
export const noHost: Host = {
  notify: async () => false,
  showCounts: async () => {},
  openExternal: async () => {},
  secrets: {
    isAvailable: async () => false,
    get: async () => undefined,
    set: async () => {
      throw new Error('There is no safe place here.')
    },
    remove: async () => {},
  },
}

export interface Notice {
  /** Of the notification; to give it back with the answer. */
  id: string
  title: string
  body: string
  /** Buttons, where the system has them. */
  actions: ('complete' | 'snooze')[]
}

export interface HostCounts {
  /** Due before today and still open. */
  overdue: number
  /** Due today and still open. */
  today: number
  unread: number
}

/** Why the core is to ask at once what is due. */
export type WakeReason = 'resumed' | 'unlocked' | 'clock'

export interface SecretStore {
  /** Without a safe place nothing is kept, least of all in plain text. */
  isAvailable(): Promise<boolean>
  get(name: string): Promise<string | undefined>
  /** Rejects where there is no safe place. */
  set(name: string, value: string): Promise<void>
  remove(name: string): Promise<void>
}
