// Runs in the page before its own scripts: gives the real preload what Electron's renderer would.
// `preload` is the built file, wrapped into a function.
;(preload) => {
  const call = window.__electronDouble
  delete window.__electronDouble
  const toText = (data) => {
    const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : data
    if (!(bytes instanceof Uint8Array)) return data
    let text = ''
    for (let at = 0; at < bytes.length; at += 32_768)
      text += String.fromCharCode(...bytes.subarray(at, at + 32_768))
    return { $bytes: btoa(text) }
  }
  const fromText = (data) =>
    data?.$bytes === undefined
      ? data
      : Uint8Array.from(atob(data.$bytes), (letter) => letter.charCodeAt(0))
  const ports = new Map()
  const listeners = new Map()
  let lastPort = 0

  Object.defineProperty(window, '__electronDoubleIn', {
    value: (message) => {
      if (message.port === undefined) {
        for (const listener of listeners.get(message.channel) ?? [])
          listener({ sender: ipcRenderer, ports: [] }, ...message.given)
      } else if (message.closed) ports.get(message.port)?.close()
      else ports.get(message.port)?.postMessage(fromText(message.data))
    },
  })

  const ipcRenderer = {
    async invoke(channel, ...given) {
      const { value, error } = await call({ type: 'invoke', channel, given })
      if (error) throw new Error(`Error invoking remote method '${channel}': ${error}`)
      return value
    },
    send: (channel, ...given) => void call({ type: 'send', channel, given }),
    on(channel, listener) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
      return ipcRenderer
    },
    postMessage(channel, message, transfer = []) {
      const ids = transfer.map((port) => {
        lastPort += 1
        const id = lastPort
        ports.set(id, port)
        port.onmessage = ({ data }) => void call({ type: 'port', id, data: toText(data) })
        port.addEventListener('close', () => void call({ type: 'portClosed', id }))
        return id
      })
      void call({ type: 'post', channel, message, ids })
    },
  }
  const freeze = (value) => {
    for (const part of Object.values(value)) if (part instanceof Object) freeze(part)
    return Object.freeze(value)
  }
  const contextBridge = {
    exposeInMainWorld: (name, value) =>
      Object.defineProperty(window, name, { value: freeze(value), enumerable: true }),
  }
  const require = (name) => {
    if (name === 'electron' || name === 'electron/renderer') return { ipcRenderer, contextBridge }
    throw new Error(`module not found: ${name} (a sandboxed preload has only electron)`)
  }
  const module = { exports: {} }
  preload(require, module, module.exports, { platform: 'linux', versions: {}, env: {} })
}
