/**
 * The currencies of ISO 4217 and how many decimals their amounts have.
 *
 * The table is fixed because amounts are stored as whole minor units: were the number of decimals
 * asked of the system (Intl), stored money would change with the system's own tables. Those differ
 * from ISO 4217 and between versions: CLDR 48 took the decimals of HUF, IDR, COP and PKR away.
 * An entry that amounts may have been stored with is never changed.
 */
const twoDecimals = `
  AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD
  CAD CDF CHE CHF CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL
  GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR
  LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB
  PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL
  THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG`
const otherDecimals: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
}
/** Metals and units of account: ISO 4217 gives them no minor unit; two decimals are kept. */
const unitsOfAccount = 'XAD XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XUA'
/** Withdrawn; deals of their time are still recorded in them. With the decimals ISO 4217 last gave. */
const withdrawnTwoDecimals = `
  AZM BEF CSD CYP DEM EEK FIM FRF GHC GRD IEP LTL LVL MRO MTL MZM NLG PTE ROL RUR SDD SIT SKK SLL SRG
  STD TMM TRL USS VEB VEF XEU YUM ZMK ZWD ZWL ATS`
const withdrawnNoDecimals = 'ADP BYR ESP ITL LUF MGF'

const codesOf = (text: string): string[] => text.trim().split(/\s+/)
const decimals: ReadonlyMap<string, number> = new Map([
  ...codesOf(`${twoDecimals} ${unitsOfAccount} ${withdrawnTwoDecimals}`).map(
    (code) => [code, 2] as const,
  ),
  ...codesOf(withdrawnNoDecimals).map((code) => [code, 0] as const),
  ...Object.entries(otherDecimals).flatMap(([digits, codes]) =>
    codesOf(codes).map((code) => [code, Number(digits)] as const),
  ),
])

/** What may be chosen on screen: those in use, by their code. */
export const activeCurrencies: readonly string[] = codesOf(
  `${twoDecimals} ${Object.values(otherDecimals).join(' ')}`,
)
  .filter((code) => !['ANG', 'BGN', 'CUC', 'HRK'].includes(code))
  .sort()

/** Every currency that amounts are taken in, withdrawn ones too. */
export const currencies: readonly string[] = [...decimals.keys()].sort()

export const isCurrency = (code: string): boolean => decimals.has(code)

/** Decimal places of a currency: 2 for USD, 0 for JPY, 3 for KWD; 2 for codes stored once that are none. */
export const minorDigits = (currency: string): number => decimals.get(currency) ?? 2
