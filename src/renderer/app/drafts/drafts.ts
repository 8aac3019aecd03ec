/** The drafts of this page's user; what waits is written when the page is left or put aside. */
import { client } from '../../api'
import { createKeeper } from './keeper'

export const drafts = createKeeper(client)

const flush = () => drafts.flush()
window.addEventListener('pagehide', drafts.leave)
window.addEventListener('beforeunload', drafts.leave)
window.addEventListener('blur', flush)
document.addEventListener('visibilitychange', drafts.leave)
// Left fields are written at once: going elsewhere is when things get lost.
document.addEventListener('focusout', flush)
