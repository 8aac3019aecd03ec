// Who may import whom. `npm run imports` fails on a wrong arrow and on a circle:
//
//   contract ← core ← hosting ← { main, web }    contract ← renderer    preload ← nothing of ours
//
// Contract, core and screens have the same wings; a wing imports only itself and wings above it in this list.
// Inside the core, an area sees another only through its main file, `<area>/<area>.ts`.
const wings = [
  'kernel',
  'records',
  'history',
  'timeline',
  'agenda',
  'outreach',
  'automation',
  'insight',
  'transfer',
  'connections',
  'background',
  'workspace',
  'team',
]
const test = '\\.test\\.tsx?$'
/** Tests, and programs and tools of theirs: they may use the whole core. */
const ofTests = `${test}|/(testing[^/]*|process-to-kill)\\.ts$`
const testTools =
  'node_modules/(vitest|vite|fast-check|playwright-core|smtp-server|postal-mime|rrule-temporal)/'
/** How values look in files: import and export share it, and no other area. */
const format = '^src/core/transfer/format/'
const area = `^src/core/((?:${wings.slice(1).join('|')})/[^/]+)/`
const node = { dependencyTypes: ['core'] }

const layout = [
  {
    name: 'contract-stands-alone',
    comment: 'The contract is shapes and words: it imports only itself, oRPC and zod.',
    from: { path: '^src/contract/', pathNot: test },
    to: { pathNot: '^src/contract/|node_modules/(@orpc/contract|zod)/' },
  },
  {
    name: 'core-knows-no-host',
    comment: 'The core is plain Node: it reaches its surroundings through the Host interface.',
    from: { path: '^src/core/' },
    to: {
      path: '^src/(hosting|main|preload|web|renderer)/|node_modules/(electron|react|@mantine)[/-]',
    },
  },
  {
    name: 'core-speaks-no-http',
    comment: 'HTTP is a door of the web host, not of the core.',
    from: { path: '^src/core/', pathNot: test },
    to: { path: '^(node:)?(http|https|http2)$', ...node },
  },
  {
    name: 'hosts-open-the-core-by-its-door',
    comment: 'Main and web use core/core.ts and core/worker/, nothing behind them.',
    from: { path: '^src/(hosting|main|web)/' },
    to: { path: '^src/core/', pathNot: '^src/core/(core\\.ts$|worker/)' },
  },
  {
    name: 'hosts-are-apart',
    comment:
      'Main, web, preload and renderer do not import each other; hosting/ is what hosts share.',
    from: { path: '^src/(hosting|main|web|preload|renderer)/' },
    to: { path: '^src/(main|web|preload|renderer)/', pathNot: '^src/$1/' },
  },
  {
    name: 'bench-measures-from-outside',
    comment: 'What is measured does not know that it is.',
    from: { path: '^src/' },
    to: { path: '^bench/' },
  },
  {
    name: 'preload-imports-only-electron',
    comment: 'The bridge is one small file a sandbox can load.',
    from: { path: '^src/preload/', pathNot: test },
    to: { pathNot: '^src/preload/|node_modules/electron/|^electron' },
  },
  {
    name: 'renderer-sees-only-the-contract',
    comment: 'Screens ask through the contract; they run in a page and have no Node.',
    from: { path: '^src/renderer/' },
    to: { path: '^src/', pathNot: '^src/(renderer|contract)/' },
  },
  {
    name: 'renderer-has-no-node',
    comment: 'Screens run in a sandboxed page.',
    from: { path: '^src/renderer/', pathNot: test },
    to: { ...node },
  },
  {
    name: 'renderer-has-no-electron',
    comment: 'Screens reach the desktop through the bridge and work without it.',
    from: { path: '^src/renderer/' },
    to: { path: 'node_modules/electron/|^electron' },
  },
]

/** They write rows of other areas themselves, as those have no commands for it yet: none is to be added. */
const writersOfOthers =
  '^src/core/(transfer/import|workspace/(?:sample|onboarding|settings|repair)|records/phones)/'

/** One rule for each wing but the last: none of those below it. */
const floors = wings.slice(0, -1).map((wing, index) => ({
  name: `${wing}-looks-up`,
  comment: `The wing ${wing} imports only itself and the wings above it.`,
  from: { path: `^src/(contract|core|renderer/areas)/${wing}/`, pathNot: ofTests },
  to: { path: `^src/(contract|core|renderer/areas)/(${wings.slice(index + 1).join('|')})/` },
}))

const areas = [
  {
    name: 'areas-meet-at-their-main-file',
    comment: 'An area imports another area only through <area>/<area>.ts.',
    from: { path: area, pathNot: `/table\\.ts$|${writersOfOthers}` },
    to: { path: area, pathNot: `${format}|^src/core/($1/|[^/]+/([^/]+)/\\2\\.ts$)` },
  },
  {
    name: 'writers-of-others-take-only-tables',
    comment:
      'What writes rows of other areas takes their tables beside their main files, and nothing else.',
    from: { path: writersOfOthers },
    to: { path: area, pathNot: `${format}|^src/core/($1/|[^/]+/([^/]+)/(\\2|table)\\.ts$)` },
  },
  {
    name: 'format-of-files-is-for-transfer',
    comment: 'How values look in files is shared by import and export alone.',
    from: { path: '^src/', pathNot: `^src/core/transfer/|${test}` },
    to: { path: format },
  },
  {
    name: 'format-of-files-knows-no-area',
    comment: 'What import and export share knows neither of them.',
    from: { path: format, pathNot: test },
    to: { path: '^src/core/', pathNot: `${format}|^src/core/kernel/` },
  },
  {
    name: 'tables-know-only-tables',
    comment: 'A table names other tables for its foreign keys and nothing else of their area.',
    from: { path: '^src/core/[^/]+/[^/]+/table\\.ts$' },
    to: { path: '^src/', pathNot: '^src/(contract/|core/kernel/|core/[^/]+/[^/]+/table\\.ts$)' },
  },
  {
    name: 'assembly-is-on-top',
    comment: 'Only what opens the whole core, and tests, come to what puts the areas together.',
    from: { path: `^src/core/(${wings.join('|')})/`, pathNot: ofTests },
    to: { path: '^src/core/(assembly/|core\\.ts$|worker/)' },
  },
  {
    name: 'schema-gathers-only-tables',
    comment: 'assembly/tables.ts composes the tables of the areas and nothing else of them.',
    from: { path: '^src/core/assembly/tables\\.ts$' },
    to: { path: '^src/core/', pathNot: 'table\\.ts$' },
  },
]

/** How the screens' areas, the shell around them and the parts they share see each other. */
const screens = [
  {
    name: 'ui-knows-no-area',
    comment: 'Shared parts take what an area brings from the shell (app/contributions.ts).',
    from: { path: '^src/renderer/ui/' },
    to: { path: '^src/renderer/areas/' },
  },
  {
    name: 'shell-gathers-areas-in-one-file',
    comment: 'The shell meets areas in app/areas.ts, and there only by what their index.ts brings.',
    from: { path: '^src/renderer/(app/|[^/]+$)', pathNot: '^src/renderer/app/areas\\.ts$' },
    to: { path: '^src/renderer/areas/' },
  },
  {
    name: 'areas-are-gathered-by-their-index',
    comment: 'The shell meets areas in app/areas.ts, and there only by what their index.ts brings.',
    from: { path: '^src/renderer/app/areas\\.ts$' },
    to: { path: '^src/renderer/areas/', pathNot: '/index\\.ts$' },
  },
  {
    name: 'an-index-is-for-the-shell',
    comment:
      'What index.ts brings is for the shell; areas see each other by the files that hold things.',
    from: { path: '^src/renderer/areas/' },
    to: { path: '^src/renderer/areas/[^/]+/[^/]+/index\\.ts$' },
  },
]

const hygiene = [
  {
    name: 'no-circle',
    comment: 'Two files that need each other are one thing, or miss a third.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'resolvable',
    comment: 'Every import leads somewhere.',
    from: {},
    to: { couldNotResolve: true, pathNot: '\\?' },
  },
  {
    name: 'tests-stay-outside',
    comment: 'What ships does not come to a test, nor to what only tests use.',
    from: { path: '^src/(main/index|web/index|core/worker/worker|renderer/(start|main))\\.tsx?$' },
    to: { path: `${test}|${testTools}`, reachable: true },
  },
  {
    name: 'ships-what-it-imports',
    comment:
      'Main, web and core keep their packages outside the bundle: these must be dependencies, not devDependencies.',
    from: { path: '^src/(contract|core|hosting|main|web)/', pathNot: test },
    to: {
      dependencyTypes: ['npm-dev', 'npm-optional', 'npm-peer'],
      dependencyTypesNot: ['type-only', 'npm'],
      pathNot: `node_modules/electron/|${testTools}`,
    },
  },
  {
    name: 'packages-are-listed',
    comment: 'A package that only another package brought can vanish: list it in package.json.',
    from: { path: '^src/' },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  },
]

export default {
  forbidden: [...layout, ...floors, ...areas, ...screens, ...hygiene].map((rule) => ({
    severity: 'error',
    ...rule,
  })),
  options: {
    doNotFollow: { path: 'node_modules' },
    // Type imports are arrows too.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mts', '.d.ts', '.mjs', '.js', '.cjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
}
