/** Opens an address in the user's browser, with what each platform has for that. */
import { spawn } from 'node:child_process'

/** Resolves to whether a program was found that took the address. */
export function openBrowser(url: string): Promise<boolean> {
  const [command, ...parameters] = opener(process.platform)
  return new Promise((resolve) => {
    const child = spawn(command, [...parameters, url], { stdio: 'ignore', detached: true })
    child.once('error', () => resolve(false))
    child.once('spawn', () => resolve(true))
    child.unref()
  })
}

/** No shell is in between, so nothing in an address can be taken for a command. */
function opener(platform: NodeJS.Platform): [string, ...string[]] {
  if (platform === 'darwin') return ['open']
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler']
  return ['xdg-open']
}
