/** Joins a page's message port to the core's thread: what comes in on one side goes out on the other. */
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { MessagePortMain } from 'electron'

/**
 * Answers the core's end. When either side closes, the other is closed too. Electron's ports hand over
 * nothing but ports, so no stream crosses here: bodies stay within oRPC's messages.
 */
export function relay(page: MessagePortMain): MessagePort {
  const { port1: near, port2: far } = new MessageChannel()
  page.on('message', ({ data }) => near.postMessage(data, ownedBuffers(data)))
  near.on('message', (data: unknown) => page.postMessage(data))
  page.on('close', () => near.close())
  near.on('close', () => page.close())
  page.start()
  return far
}

/** Files come as bytes in a buffer of their own: these are handed over instead of copied. */
function ownedBuffers(data: unknown): ArrayBuffer[] {
  if (data instanceof ArrayBuffer) return [data]
  const isWhole =
    data instanceof Uint8Array &&
    data.buffer instanceof ArrayBuffer &&
    data.byteLength === data.buffer.byteLength
  return isWhole ? [data.buffer as ArrayBuffer] : []
}
