/** How names are compared: without regard to case, accents, and spaces around and between. */
import { fold } from '../../../contract/kernel/fold'

/** One line, single spaces. */
export const tidyName = (name: string): string =>
  // Most names are tidy, and every row has several.
  /^[!-~]+(?: [!-~]+)*$/.test(name) ? name : name.normalize('NFC').replace(/\s+/g, ' ').trim()

/** Equal for names that mean the same; what the folded columns of records are asked for. */
export const nameKey = (name: string): string => fold(tidyName(name))
