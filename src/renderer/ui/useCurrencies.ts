/** Currencies to choose from: the workspace's first, then the world's usual ones. */
import { useWorkspace } from '../app/session'

const usual =
  'USD EUR GBP CHF JPY CNY INR AUD CAD NZD SEK NOK DKK PLN CZK HUF RON TRY ILS AED SAR ZAR BRL MXN ARS CLP COP SGD HKD KRW TWD THB IDR MYR PHP VND NGN KES EGP UAH KWD'
const usualCodes = usual.split(' ')

export function useCurrencies(current?: string) {
  const preferred = useWorkspace()?.currency ?? 'USD'
  const currencies = [...new Set([preferred, ...(current ? [current] : []), ...usualCodes])]
  return { currencies, preferred }
}
