/** Workspace settings, preferences and saved views. */

import type { Workspace as Settings } from '../../../contract/kernel/workspace'
import type { SavedView } from '../../../contract/workspace/settings'
import type { Actor } from '../../kernel/actor'
import { fromJson, type RowOf, toReference } from '../../kernel/database/rows'
import { forbidden, invalid, notFound } from '../../kernel/errors'
import type { Kernel } from '../../kernel/kernel'
import { quoted } from '../../kernel/records/records'
import { isZone } from '../../kernel/time/zone'
import { setting } from '../../kernel/workspace/table'
import { savedView } from './table'

export type SettingsArea = ReturnType<typeof createSettings>
type Partially<T> = { [K in keyof T]?: T[K] | undefined }

export function createSettings({ database, workspace, clock }: Kernel) {
  function updateWorkspace(actor: Actor, patch: Partially<Settings>): Settings {
    if (patch.timezone !== undefined && !isZone(patch.timezone))
      throw invalid('timezone', 'must be a time zone like Europe/Prague')
    // An undo must not lead back to the first-run screen.
    const kind = Object.keys(patch).every((name) => name === 'onboarded') ? 'system' : 'edit'
    database.act(actor, { label: 'Change workspace settings', kind }, (writer) => {
      for (const [id, value] of Object.entries(patch)) {
        if (value === undefined) continue
        const json = JSON.stringify(value)
        if (!database.get('select 1 from setting where id = ?', id))
          writer.insert(setting, { id, value: json })
        else writer.update(setting, id, { value: json })
      }
    })
    return workspace.settings()
  }

  // Saved views ---------------------------------------------------------------------------------

  type ViewRow = RowOf<typeof savedView> & { owner_name: string | null }
  const viewSelect = `select saved_view.*, user.name as owner_name from saved_view left join user on user.id = saved_view.owner_id`
  const toView = (row: ViewRow): SavedView => ({
    id: row.id,
    list: row.list,
    name: row.name,
    shared: row.shared === 1,
    owner: toReference(row.owner_id, row.owner_name),
    state: fromJson(row.state),
  })
  function requireOwnView(actor: Actor, id: string): ViewRow {
    const row = database.get<ViewRow>(`${viewSelect} where saved_view.id = ?`, id)
    if (!row || (row.owner_id !== actor.userId && row.shared === 0)) throw notFound('view')
    if (row.owner_id !== actor.userId && actor.role === 'rep')
      throw forbidden('This view belongs to somebody else.')
    return row
  }

  const views = {
    list: (actor: Actor, list: string | undefined) =>
      database
        .all<ViewRow>(
          `${viewSelect} where (saved_view.owner_id = ? or saved_view.shared = 1) ${list ? 'and saved_view.list = ?' : ''}
           order by saved_view.name collate nocase`,
          actor.userId,
          ...(list ? [list] : []),
        )
        .map(toView),
    get: (actor: Actor, id: string): SavedView => toView(requireOwnView(actor, id)),
    create(actor: Actor, input: Omit<SavedView, 'id' | 'owner'>): SavedView {
      let id = ''
      database.act(actor, { label: `Save view ${quoted(input.name)}` }, (writer) => {
        id = writer.insert(savedView, { ...input, ownerId: actor.userId })
      })
      return toView(requireOwnView(actor, id))
    },
    update(
      actor: Actor,
      { id, ...patch }: Partially<Omit<SavedView, 'id' | 'owner'>> & { id: string },
    ) {
      const row = requireOwnView(actor, id)
      database.act(actor, { label: `Change view ${quoted(row.name)}` }, (writer) => {
        writer.update(savedView, id, patch)
      })
      return toView(requireOwnView(actor, id))
    },
    remove(actor: Actor, id: string) {
      const row = requireOwnView(actor, id)
      database.act(actor, { label: `Delete view ${quoted(row.name)}` }, (writer) => {
        writer.remove(savedView, id)
      })
      return { id }
    },
  }

  return {
    workspace: workspace.settings,
    updateWorkspace,
    preferences: (actor: Actor): Record<string, unknown> =>
      Object.fromEntries(
        database
          .all<{ key: string; value: string }>(
            'select key, value from preference where user_id = ?',
            actor.userId,
          )
          .map((row) => [row.key, JSON.parse(row.value)]),
      ),
    setPreference(actor: Actor, key: string, value: unknown) {
      const json = JSON.stringify(value ?? null)
      if (json.length > 100_000) throw invalid('value', 'must be smaller than 100 kB')
      const now = clock.now()
      database
        .prepare(
          `insert into preference (user_id, key, value, created_at, updated_at) values (?, ?, ?, ?, ?)
           on conflict do update set value = excluded.value, updated_at = excluded.updated_at`,
        )
        .run(actor.userId, key, json, now, now)
      return { key }
    },
    views,
  }
}
