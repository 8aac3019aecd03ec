/** Starts the screens. */
import '@mantine/core/styles.layer.css'
import '@mantine/dates/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import '@mantine/spotlight/styles.layer.css'
import './app/app.css'
import { setNonce } from 'get-nonce'
import { StrictMode } from 'react'
import { api } from './api'
import { App } from './app/App'
import { cache } from './app/cache'
import { loadRecordPages } from './app/loadAhead'
import { readAll } from './app/reads'
import { router } from './app/routes'
import { shellReads } from './app/shellReads'
import { guardForms } from './ui/unresolved'

/** Milliseconds that the first drawing waits for answers on their way, which spares drawing twice. */
const patience = 100

/**
 * In a file of its own: it makes errors while it is evaluated, and a browser that is watched (by its developer tools, by a
 * test) reads the whole file again for their stacks.
 */
const reactDom = import('react-dom/client')

guardForms(document)

const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce
if (nonce) setNonce(nonce)

async function draw() {
  const root = document.getElementById('root')
  if (!root) throw new Error('index.html lacks #root')
  const { createRoot } = await reactDom
  createRoot(root).render(
    <StrictMode>
      <App nonce={nonce} />
    </StrictMode>,
  )
  loadRecordPages(router)
}

/** Once the state of the database is known: what is read is never older than its place in the change feed. */
async function readFirst() {
  const status = api.database.status.queryOptions()
  await cache.prefetchQuery({ ...status, retry: false })
  if (cache.getQueryData(status.queryKey)?.state !== 'ready') return
  await readAll(cache, shellReads)
}

void Promise.race([readFirst(), new Promise((done) => setTimeout(done, patience))]).then(draw)
