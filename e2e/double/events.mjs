// Events of the double that a listener can stop, as Electron's.
export function cancelable(properties = {}) {
  return {
    ...properties,
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true
    },
  }
}
