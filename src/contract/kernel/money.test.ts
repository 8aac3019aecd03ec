import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { build } from 'vite'
import { expect, onTestFinished, test } from 'vitest'
import { removeFolder } from '../../testing-folder'
import { activeCurrencies, currencies, minorDigits } from './currencies'
import { minorFromAmount, moneyFromMinor } from './money'
import { Currency, EnteredMoney } from './shapes'

test('an amount in any currency of ISO 4217 comes back from storage as it was', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...currencies),
      fc.bigInt({ min: 0n, max: 9_999_999_999n }),
      fc.nat(9999),
      fc.boolean(),
      (currency, whole, part, negative) => {
        const digits = minorDigits(currency)
        const fraction = String(part).padStart(4, '0').slice(0, digits)
        const amount = `${negative && whole > 0n ? '-' : ''}${whole}${fraction && `.${fraction}`}`
        const minor = minorFromAmount(amount, currency)
        expect(minor).toBeTypeOf('number')
        expect(moneyFromMinor(minor ?? 0, currency)).toEqual({ amount, currency })
        expect(minorFromAmount(`${amount}${fraction ? '' : '.'}1`, currency)).toBeUndefined()
      },
    ),
    { numRuns: 2000 },
  )
  for (const currency of currencies)
    for (const minor of [0, 1, -1, 99, 100, 123_456_789, Number.MAX_SAFE_INTEGER])
      expect(minorFromAmount(moneyFromMinor(minor, currency).amount, currency)).toBe(minor)
})

test('currencies have the decimals of ISO 4217, whatever the system says', () => {
  const decimals = (digits: number) => activeCurrencies.filter((one) => minorDigits(one) === digits)
  expect(decimals(0).join(' ')).toBe(
    'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  )
  expect(decimals(3).join(' ')).toBe('BHD IQD JOD KWD LYD OMR TND')
  expect(decimals(4).join(' ')).toBe('CLF UYW')
  for (const currency of ['HUF', 'IDR', 'COP', 'PKR', 'RSD', 'AFN', 'EUR', 'USD'])
    expect(minorDigits(currency)).toBe(2)
  expect(EnteredMoney.parse({ amount: '12.50', currency: 'HUF' })).toEqual({
    amount: '12.50',
    currency: 'HUF',
  })
  expect(currencies.length).toBe(new Set(currencies).size)
})

test('a code that is no currency is refused, and one that was stored of old still shows', () => {
  for (const code of ['ZZZ', 'XXX', 'XTS', 'eur', 'EU', '', 'EURO'])
    expect(Currency.safeParse(code).success, code).toBe(false)
  for (const code of ['EUR', 'DEM', 'HRK', 'XCG']) expect(Currency.parse(code)).toBe(code)
  expect(moneyFromMinor(123_456, 'ZZZ')).toEqual({ amount: '1234.56', currency: 'ZZZ' })
})

/** What the money module makes of every currency, and the version of the system's own tables. */
const script = `
  import { minorDigits, currencies } from './currencies.mjs'
  import { minorFromAmount, moneyFromMinor } from './money.mjs'
  const results = currencies.map((currency) => [
    currency, minorDigits(currency), moneyFromMinor(125000000, currency).amount,
    minorFromAmount('1250000', currency), minorFromAmount('12.50', currency) ?? null,
  ])
  console.log(JSON.stringify({ icu: process.versions.icu, results }))
`
/** A system whose tables are wrong about every currency. */
const lies = `
  Intl.NumberFormat = function () {
    return { format: () => '7', resolvedOptions: () => ({ maximumFractionDigits: 7 }) }
  }
  Intl.supportedValuesOf = () => []
`

test('money is the same under every version of Node, also where its tables are wrong', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-money-'))
  onTestFinished(() => removeFolder(folder))
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      outDir: folder,
      emptyOutDir: false,
      minify: false,
      lib: {
        entry: {
          money: join(import.meta.dirname, 'money.ts'),
          currencies: join(import.meta.dirname, 'currencies.ts'),
        },
        formats: ['es'],
        fileName: (_, name) => `${name}.mjs`,
      },
    },
  })
  writeFileSync(join(folder, 'run.mjs'), script)
  writeFileSync(join(folder, 'lies.mjs'), lies)
  const run = (program: string, ...options: string[]) =>
    JSON.parse(execFileSync(program, [...options, join(folder, 'run.mjs')], { encoding: 'utf8' }))
  const here = run(process.execPath)
  expect(here.results).toHaveLength(currencies.length)
  expect(here.results).toContainEqual(['HUF', 2, '1250000.00', 125_000_000, 1250])
  for (const program of new Set([process.execPath, ...otherNodes()])) {
    expect(run(program).results, program).toEqual(here.results)
    const lied = run(program, '--import', new URL(`file://${join(folder, 'lies.mjs')}`).href)
    expect(lied.results, `${program}, wrong tables`).toEqual(here.results)
  }
})

/** Further versions of Node on this machine: the one on the path, and those named by OTHER_NODES. */
function otherNodes(): string[] {
  const named = process.env.OTHER_NODES?.split(':').filter(Boolean) ?? []
  try {
    const onPath = execFileSync('node', ['-p', 'process.execPath'], { encoding: 'utf8' }).trim()
    return [onPath, ...named]
  } catch {
    return named
  }
}

test('no code outside of the repair asks the system for the decimals of a currency', () => {
  const asks = /resolvedOptions\(\)[^;]*FractionDigits|supportedValuesOf\('currency'\)/s
  for (const file of sources())
    if (!file.endsWith('repair/earlier-digits.ts'))
      expect(asks.test(readFileSync(file, 'utf8')), file).toBe(false)
})

function sources(): string[] {
  const root = join(import.meta.dirname, '../..')
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
    .map((file) => join(root, file))
}
