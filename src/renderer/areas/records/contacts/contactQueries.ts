/** What the list of contacts asks for. */
import { api } from '../../../api'
import { pagesOf } from '../../../ui/list/definition'
import type { ListState } from '../../../ui/list/state'

/** In force when the address names none. */
export const defaultSort = 'name'

export const contactsOf = (state: ListState) =>
  api.contacts.list.infiniteOptions(pagesOf(state, defaultSort))
