/** One Chromium for a whole run of the end-to-end tests: each test gets windows of its own in it, which know nothing of each other. */
import { chromium } from 'playwright-core'
import type { TestProject } from 'vitest/node'
import { chromiumArguments } from './chromium'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address at which tests reach the browser. */
    browser: string
  }
}

export default async function startBrowser(project: TestProject): Promise<() => Promise<void>> {
  const server = await chromium.launchServer({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: chromiumArguments,
  })
  project.provide('browser', server.wsEndpoint())
  return () => server.close()
}
