/** `expectedCloseDate` → `expected_close_date`: what the columns of fields are called. */
export const snakeCase = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
