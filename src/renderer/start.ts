/** The first script of the page: asks for what the first screen needs, then starts the screens. */
import { config } from 'zod/v4/core'
import { askEarly } from './app/early'
import { early } from './door'

// Who calls for the first answer hears why there is none.
askEarly(early, window.location.hash).catch(() => {})
// Before any validator is made: zod would try whether it may compile it, which the page's policy forbids. The browser
// reports that with the whole stack, for which it reads the screens' script again.
config({ jitless: true })
void import('./main')
