import { expect, test } from 'vitest'
import { processorTime } from '../../testing/effort'
import { openTestCore } from '../../testing/testing'
import { cleanHtml, textOfHtml } from './html'
import { createLanguage } from './liquid'

const length = 98_000
const fill = (text: string) => text.repeat(Math.ceil(length / text.length)).slice(0, length)
const texts: Record<string, string> = {
  'open braces': fill('{{'),
  'single braces': fill('{'),
  'open tags': fill('{%-'),
  'open placeholders': fill('{{ x '),
  'open quotes in placeholders': fill(`{{ "<a`),
  'unknown placeholders': fill('{{ nope }}\n'),
  'a filter with endless arguments': `{{ a | append: ${fill('a,')} }}`,
  'a condition without end': `{% if a${fill(' and a')} %}{% endif %}`,
  'conditions within conditions': fill('{% if a %}'),
}

test.each(Object.entries(texts))(
  'a template of %s is soon checked and refused',
  async (_, text) => {
    const { client } = await openTestCore()
    let issues: unknown[] = []
    const effort = await processorTime(async () => {
      issues = await client.templates.check({ body: text, html: text })
    })
    expect(issues.length).toBeGreaterThan(0)
    expect(issues.length).toBeLessThan(3000)
    expect(effort).toBeLessThan(4000)
  },
)

test('too many placeholders, or one too long, are refused by name; as many as allowed are not', () => {
  const language = createLanguage({ html: true })
  const check = (text: string) => language.check(text, () => true).map(({ message }) => message)
  expect(check('{{ a }}'.repeat(1000))).toEqual([])
  expect(check('{{ a }}'.repeat(1001))).toEqual([
    'use at most 1000 placeholders and conditions in one text',
  ])
  expect(check(`x\n {{ "${'a'.repeat(1000)}" }}`)).toEqual([
    'use at most 1000 characters between braces',
  ])
  expect(language.check(`x\n {{ "${'a'.repeat(1000)}" }}`, () => true)).toMatchObject([
    { line: 2, column: 2 },
  ])
})

test('replacements cannot be piled up until memory runs out', () => {
  const language = createLanguage({ html: false })
  const replace = ` | replace: "", "${'x'.repeat(60)}"`
  expect(() => language.fill(`{{ "ab"${replace.repeat(10)} }}`, {})).toThrow('becomes too long')
  expect(language.fill('{{ "Hello" | replace: "l", "L" }}', {}).text).toBe('HeLLo')
})

const pages: Record<string, string> = {
  'tags that are never closed': fill('<b><i>'),
  'lists within lists': fill('<ul><li>'),
  'tables within tables': fill('<table><tr><td>'),
  'open brackets': fill('<'),
  'open comments': fill('<!--'),
  styles: `<p style="${fill('color:#fff;')}">x</p>`,
}
test.each(Object.entries(pages))('HTML of %s becomes harmless, and text, soon', async (_, html) => {
  const effort = await processorTime(() => textOfHtml(cleanHtml(`${html}end`)))
  expect(effort).toBeLessThan(4000)
})

test('text stays where tags are nested beyond what mail programs show', () => {
  const html = cleanHtml(`${'<div>'.repeat(5000)}deep${'</div>'.repeat(5000)}`)
  expect(html).toContain('deep')
  expect(textOfHtml(html)).toBe('deep')
})
