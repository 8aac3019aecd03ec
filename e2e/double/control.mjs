// What a test sees of the program's native side, and the native things it can press. The test is the
// parent process; without one everything is only noted.

/** By kind: addresses opened outside, error boxes, message boxes, notifications. */
const notes = { opened: [], errors: [], messages: [], notifications: [] }
/** The menus as the program last set them. */
export const pressable = { menu: [], tray: [] }
/** What else a test can ask for, by name; the window adds its own. */
export const answers = {
  notes: () => notes,
  press: ({ where, labels }) => press(pressable[where], labels),
  labels: ({ where }) => describe(pressable[where]),
}

export function note(kind, what) {
  notes[kind].push(what)
}

process.on('message', async ({ id, name, given }) => {
  try {
    process.send({ id, value: await answers[name](given) })
  } catch (error) {
    process.send({ id, error: error.message })
  }
})
// Without the test there is nobody to serve, and a browser would be left behind.
process.on('disconnect', () => process.exit(1))

function press(items, [label, ...rest]) {
  const item = items.find((one) => one.label?.replace('&', '') === label)
  if (!item) throw new Error(`There is no "${label}" among ${JSON.stringify(describe(items))}.`)
  if (rest.length > 0) return press(item.submenu, rest)
  if (item.type === 'checkbox') item.checked = !item.checked
  if (!item.click) throw new Error(`"${label}" does nothing.`)
  item.click(item)
}

/** Labels and roles of a menu, as nested lists. */
function describe(items) {
  return items
    .filter((item) => item.type !== 'separator')
    .map((item) =>
      item.submenu ? [item.label ?? item.role, describe(item.submenu)] : (item.label ?? item.role),
    )
}
