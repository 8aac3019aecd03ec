/** The first script of the page: asks for what the first screen needs, then starts the screens. */
import { askEarly } from './app/early'
import { early } from './door'

// Who calls for the first answer hears why there is none.
askEarly(early, window.location.hash).catch(() => {})
void import('./main')
