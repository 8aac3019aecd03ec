/** What the core needs from the program around it. Electron and the web host each answer in their own way. */
export interface Host {
  /** Shows a notification of the operating system. Answers whether there is such a thing here. */
  notify(notice: Notice): Promise<boolean>
  /** Opens a web, mail or telephone address with the program the system has for it. */
  openExternal(url: string): Promise<void>
  /** Passwords and tokens, kept by the operating system's own means. */
  secrets: SecretStore
}

export interface Notice {
  title: string
  body: string
}

export interface SecretStore {
  /** Without a safe place nothing is kept, least of all in plain text. */
  isAvailable(): Promise<boolean>
  get(name: string): Promise<string | undefined>
  /** Rejects where there is no safe place. */
  set(name: string, value: string): Promise<void>
  remove(name: string): Promise<void>
}
