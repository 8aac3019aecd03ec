/** The core, reached from a page of the desktop program as its screens do. */
import type { Page } from 'playwright-core'

/** Calls a procedure from the page as the screens do, through the bridge. */
export function call<Output>(page: Page, procedure: string, input: unknown): Promise<Output> {
  return page.evaluate(
    ([path, json]) =>
      new Promise<Output>((resolve, reject) => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = ({ data }) => {
          const { p: answer } = JSON.parse(data)
          port1.close()
          if (answer.s >= 400) reject(new Error(answer.b.json.message))
          else resolve(answer.b.json)
        }
        window.postMessage('rapport:connect', '*', [port2])
        port1.postMessage(JSON.stringify({ i: '1', p: { u: `/${path}`, b: { json } } }))
      }),
    [procedure, input] as const,
  )
}
