// What a test sees of the program's native side, and the native things it can press. The test is the
// parent process; without one everything is only noted.

import { moveClock } from './clock.mjs'

/** By kind: addresses opened outside, error boxes, message boxes, notifications. */
const notes = { opened: [], errors: [], messages: [], notifications: [] }
/** The menus as the program last set them. */
export const pressable = { menu: [], tray: [] }
/** What is on the tray and on the program's icon. */
export const shown = { tooltip: '', title: '', badge: 0 }
/** Popups on the screen, the oldest first. */
export const popups = []
/** What else a test can ask for, by name; the window adds its own. */
export const answers = {
  notes: () => notes,
  press: ({ where, labels }) => press(pressable[where], labels),
  labels: ({ where }) => describe(pressable[where]),
  shown: () => shown,
  popups: () => popups.map(({ options }) => options),
  answerPopup: ({ title, button }) => answerPopup(title, button),
  moveClock,
  now: () => Date.now(),
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

/** Clicks a popup, or presses one of its buttons; the system then puts it away. */
function answerPopup(title, button) {
  const popup = popups.find(({ options }) => options.title === title)
  if (!popup)
    throw new Error(`There is no popup "${title}" among ${JSON.stringify(answers.popups())}.`)
  const actionIndex = popup.options.actions?.findIndex(({ text }) => text === button) ?? -1
  if (button !== undefined && actionIndex < 0) throw new Error(`It has no button "${button}".`)
  if (button === undefined) popup.emit('click', {})
  else popup.emit('action', { actionIndex }, actionIndex, -1)
  popup.close()
}

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
