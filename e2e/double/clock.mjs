// The clock of the double: a test moves it on in all threads at once, as a sleep of the machine does.
import { BroadcastChannel } from 'node:worker_threads'

const channel = new BroadcastChannel('rapport-double-clock')
channel.unref()
const real = Date.now
let ahead = 0
Date.now = () => real() + ahead
channel.onmessage = ({ data }) => {
  ahead = data
}

/** @param milliseconds how much further the clock goes */
export function moveClock(milliseconds) {
  ahead += milliseconds
  channel.postMessage(ahead)
}
