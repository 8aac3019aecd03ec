/**
 * With how many decimals earlier versions of Rapport stored money.
 *
 * They asked the system (Intl), whose table is CLDR's rather than ISO 4217's, and which CLDR 48 (part
 * of ICU 78) changed. So of most of these currencies it is known how they were stored, of five it
 * depends on the system that Rapport ran on at the time.
 */
import { minorDigits } from '../../../contract/kernel/currencies'

/** The systems that stored money: up to ICU 77, or from ICU 78 on. */
export type System = 'earlier' | 'later'

const always = new Map<string, number>(
  'AFN ALL IQD IRR KPW LAK LBP MGA MMK MRO SLL SOS STD SYP TMM YER ZMK ZWD'
    .split(' ')
    .map((code) => [code, 0]),
)
const bySystem = new Map<string, Record<System, number>>([
  ...['COP', 'HUF', 'IDR', 'PKR'].map((code) => [code, { earlier: 2, later: 0 }] as const),
  ['RSD', { earlier: 0, later: 2 }],
])

/** Currencies whose stored amounts need a second look. */
export const affectedCurrencies: readonly string[] = [...always.keys(), ...bySystem.keys()]

export const dependsOnSystem = (currency: string): boolean => bySystem.has(currency)

/** The decimals that a system stored this currency with. */
export const digitsUnder = (currency: string, system: System): number =>
  bySystem.get(currency)?.[system] ?? always.get(currency) ?? minorDigits(currency)

/** What minor units stored by a system are multiplied by to be those of ISO 4217. */
export const factorUnder = (currency: string, system: System): number =>
  10 ** (minorDigits(currency) - digitsUnder(currency, system))

/** Which of them this system is, asked as earlier versions asked it. */
export function thisSystem(): System {
  const { maximumFractionDigits } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency: 'HUF',
  }).resolvedOptions()
  return maximumFractionDigits === 0 ? 'later' : 'earlier'
}
