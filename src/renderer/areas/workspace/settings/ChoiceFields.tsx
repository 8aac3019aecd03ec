/** Fields to choose a currency and a time zone by typing. */
import type { SelectProps } from '@mantine/core'
import { useMemo } from 'react'
import { activeCurrencies } from '../../../../contract/kernel/currencies'
import { SearchSelect } from '../../../ui/SearchSelect'
import { useCurrencies } from '../../../ui/useCurrencies'

type ChoiceProps = Omit<SelectProps, 'data'>

export function CurrencySelect(props: ChoiceProps) {
  const { currencies: usual } = useCurrencies()
  const others = activeCurrencies.filter((code) => !usual.includes(code))
  const data = [
    { group: 'Usual', items: usual.map(currencyOption) },
    { group: 'All', items: others.map(currencyOption) },
  ]
  return <SearchSelect nothingFoundMessage="No such currency" {...props} data={data} />
}

export function TimezoneSelect({ description, ...props }: ChoiceProps) {
  const zone = props.value ?? props.defaultValue
  const data = useMemo(() => {
    const zones = new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])
    if (zone) zones.add(zone)
    return [...zones].map((value) => ({ value, label: value.replaceAll('_', ' ') }))
  }, [zone])
  return (
    <SearchSelect
      nothingFoundMessage="No such time zone"
      limit={80}
      {...props}
      description={
        description === undefined && zone ? `It is ${wallTime(zone)} there now.` : description
      }
      data={data}
    />
  )
}

/** The zone of this machine. */
export const localZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

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

function wallTime(zone: string): string {
  try {
    return new Date().toLocaleTimeString(undefined, {
      timeZone: zone,
      hour: 'numeric',
      minute: '2-digit',
    })
  } catch {
    return 'an unknown time'
  }
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
