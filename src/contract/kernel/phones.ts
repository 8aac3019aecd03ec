/** Phone numbers as the screens use them; the core reads them. */

/** The address that dials a number: as the core read it, else the digits as they were typed. */
export const phoneLink = (typed: string, number: string | null): string =>
  `tel:${number ?? typed.replace(/[^\d+]/g, '').replace(/(?!^)\+/g, '')}`

/** Whether enough of a number is typed to look for it. */
export const isWholePhone = (typed: string): boolean => typed.replace(/\D/g, '').length >= 7
