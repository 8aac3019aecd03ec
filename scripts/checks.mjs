// What looks at the sources without running them, for `npm test` and `npm run quick`.
import { run } from './node24.mjs'

export const checks = [
  { name: 'types', command: 'scripts/types.mjs', args: [] },
  { name: 'lint', command: 'biome', args: ['ci', '--colors=off', '--max-diagnostics=100'] },
  {
    name: 'imports',
    command: 'depcruise',
    args: ['--config', '.dependency-cruiser.mjs', 'src', 'bench'],
  },
]

/** Runs a command and shows what it said only if it failed; resolves with whether it worked. */
export async function quietly(command, args) {
  const output = []
  const code = await run(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    onStart: (child) => {
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (text) => output.push(text))
    },
  })
  if (code !== 0) process.stdout.write(`\n${Buffer.concat(output)}`)
  return code === 0
}
