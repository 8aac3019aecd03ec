/** What takes the place of words about a person who was erased; the log does not know them any more. */
export const erasedText = '[erased]'
