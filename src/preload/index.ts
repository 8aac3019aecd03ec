/** The bridge: all that the screens can reach of the desktop program. */
import { contextBridge, ipcRenderer } from 'electron'

type Listener = (message: unknown) => void
const listeners = new Set<Listener>()
/** What came before the screens were there to hear it. */
const early: unknown[] = []

ipcRenderer.on('rapport:message', (_event, message: unknown) => {
  if (listeners.size === 0) early.push(message)
  for (const listener of listeners) listener(message)
})

contextBridge.exposeInMainWorld('rapport', {
  platform: process.platform,
  onMessage(listener: Listener) {
    listeners.add(listener)
    for (const message of early.splice(0)) listener(message)
    return () => void listeners.delete(listener)
  },
  opening: () => ipcRenderer.invoke('rapport:opening'),
  settings: (changes?: unknown) => ipcRenderer.invoke('rapport:settings', changes),
})

// A port cannot cross the bridge: the page posts it to itself, and it is picked up here.
window.addEventListener('message', ({ source, data, ports: [port] }) => {
  const isOurs = source === window && data === 'rapport:connect' && port
  if (isOurs) ipcRenderer.postMessage('rapport:connect', null, [port])
})
