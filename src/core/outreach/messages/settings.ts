/** What holds for all outgoing e-mail: the stop switch and how personal a message must be. */
import type { Database, Writer } from '../../kernel/database/database'

export interface OutboxSettings {
  stopped: boolean
  stoppedBy: string | null
  identicalMost: number
  nameRequired: boolean
  approvalFirst: boolean
  /** A message that was due this many hours ago asks before it goes out. */
  lateHours: number
}

const defaults: OutboxSettings = {
  stopped: false,
  stoppedBy: null,
  identicalMost: 5,
  nameRequired: true,
  approvalFirst: true,
  lateHours: 24,
}

/** Read each time: another connection may have pressed the button a moment ago. */
export function readSettings(database: Database): OutboxSettings {
  const stored = database.value<string>(`select value from setting where id = 'outbox'`)
  return { ...defaults, ...(stored === undefined ? {} : JSON.parse(stored)) }
}

export function writeSettings(
  database: Database,
  writer: Writer,
  patch: { [K in keyof OutboxSettings]?: OutboxSettings[K] | undefined },
): void {
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))
  const value = JSON.stringify({ ...readSettings(database), ...given })
  const changed = writer.run(
    `update setting set value = ?, updated_at = ? where id = 'outbox'`,
    value,
    writer.now,
  )
  if (changed === 0)
    writer.run(
      `insert into setting (id, value, created_at, updated_at) values ('outbox', ?, ?, ?)`,
      value,
      writer.now,
      writer.now,
    )
}
