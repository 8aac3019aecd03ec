/** How columns are read that follow from others of their own row: names as they are looked up, phone numbers as they are dialled. */
import { fold } from '../../../contract/kernel/fold'
import { readPhone } from '../fields/phone-numbers'

/** Text → value. They are functions of SQL, too, by the same names (`sql-functions.ts`). */
export const readings = {
  fold: (text: string): string | null => fold(text),
  read_phone: (text: string, country: string | null): string | null => readPhone(text, country),
}
export type Reading = keyof typeof readings
