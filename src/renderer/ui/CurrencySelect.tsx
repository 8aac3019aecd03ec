/** A field to choose a currency by typing, those in use first. */
import type { SelectProps } from '@mantine/core'
import { activeCurrencies } from '../../contract/kernel/currencies'
import { SearchSelect } from './SearchSelect'
import { useCurrencies } from './useCurrencies'

export function CurrencySelect(props: Omit<SelectProps, 'data'>) {
  const { currencies: usual } = useCurrencies()
  const others = activeCurrencies.filter((code) => !usual.includes(code))
  const data = [
    { group: 'Usual', items: usual.map(currencyOption) },
    { group: 'All', items: others.map(currencyOption) },
  ]
  return <SearchSelect nothingFoundMessage="No such currency" {...props} data={data} />
}

/** The currency people use where the browser's language is spoken; undefined where that is open. */
export function localCurrency(languages: readonly string[]): string | undefined {
  for (const language of languages) {
    const region = new Intl.Locale(language).region
    const currency = region && currencyByRegion[region]
    if (currency) return currency
  }
  return undefined
}

const names = new Intl.DisplayNames(undefined, { type: 'currency', fallback: 'none' })

function currencyOption(code: string) {
  const name = names.of(code)
  return { value: code, label: name ? `${code} – ${name}` : code }
}

const euro = 'AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK'
const others = `US:USD GB:GBP CH:CHF LI:CHF JP:JPY CN:CNY IN:INR AU:AUD CA:CAD NZ:NZD SE:SEK NO:NOK
  DK:DKK PL:PLN CZ:CZK HU:HUF RO:RON BG:EUR TR:TRY IL:ILS AE:AED SA:SAR ZA:ZAR BR:BRL MX:MXN AR:ARS
  CL:CLP CO:COP SG:SGD HK:HKD KR:KRW TW:TWD TH:THB ID:IDR MY:MYR PH:PHP VN:VND NG:NGN KE:KES EG:EGP
  UA:UAH KW:KWD IS:ISK RS:RSD GE:GEL PE:PEN UY:UYU MA:MAD PK:PKR BD:BDT LK:LKR`
const currencyByRegion: Readonly<Record<string, string>> = Object.fromEntries([
  ...euro.split(' ').map((region) => [region, 'EUR']),
  ...others.split(/\s+/).map((pair) => pair.split(':')),
])
