/** No screen saves an edit without saying what it began from. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, it } from 'vitest'
import { contract } from '../src/contract'

const screens = join(import.meta.dirname, '../src/renderer')

/** Files whose updates overwrite nothing that somebody may have written. */
const gestures: Readonly<Record<string, string>> = {
  'areas/timeline/activities/ActivityMenuItems.tsx': 'completes with nothing further, or reopens',
  'areas/timeline/activities/CompleteMenu.tsx': 'completes, with an outcome that was none before',
  'areas/outreach/cadences/CadencesPage.tsx': 'archives, or takes out of the archive',
  'areas/background/notifications/NotificationsSection.tsx':
    'one person switches a kind or a way on or off',
  'areas/records/users/UserPage.tsx': 'activates or deactivates',
}

it('Every screen that changes what is stored sends what the change is based on', () => {
  // A draft is not saved yet: it only keeps what its form began from.
  const names = editsIn(contract).filter((name) => name !== 'drafts.save')
  expect(names.length).toBeGreaterThan(20)
  const silent = filesIn(screens).filter((file) => {
    const text = readFileSync(join(screens, file), 'utf8')
    const saves = names.some((name) =>
      new RegExp(`(client|api)\\.${name.replaceAll('.', '\\.')}(\\(|\\.mutationOptions)`).test(
        text,
      ),
    )
    return saves && !/basedOn|editFrom|editOf|useOptimisticUpdate/.test(text)
  })
  expect(silent.sort()).toEqual(Object.keys(gestures).sort())
})

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.test)\.tsx?$/.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))

/** Procedures whose input may say what it is based on, e.g. `leads.update`. */
function editsIn(part: object, path: string[] = []): string[] {
  return Object.entries(part).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value !== 'object' || value === null) return []
    const here = [...path, name]
    if (!('~orpc' in value)) return editsIn(value, here)
    const { inputSchema } = value['~orpc'] as { inputSchema?: { shape?: object } }
    return inputSchema?.shape && 'basedOn' in inputSchema.shape ? [here.join('.')] : []
  })
}
