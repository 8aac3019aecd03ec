import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openTestCore } from '../../testing/testing'

async function openWithLead() {
  const core = await openTestCore()
  const { client } = core
  await client.settings.customFields.create({ table: 'contact', label: 'Pet', type: 'text' })
  await client.users.updateMe({ name: 'Ada Rep', signature: 'Ada\nRapport & Co' })
  const company = await client.companies.create({ name: 'Acme <Ltd>' })
  const contact = await client.contacts.create({
    firstName: 'Jane',
    lastName: 'Doe',
    email: 'jane@acme.example',
    companyId: company.id,
    custom: { pet: 'cat' },
  })
  const stranger = await client.contacts.create({ email: 'x@acme.example' })
  const lead = await client.leads.create({
    title: 'Renewal',
    companyId: company.id,
    contactId: contact.id,
    value: { amount: '1054.5', currency: 'USD' },
  })
  const render = (text: { subject?: string; body?: string; html?: string }, contactId?: string) =>
    client.templates.render({ ...text, leadId: lead.id, ...(contactId ? { contactId } : {}) })
  return { ...core, company, contact, stranger, lead, render }
}

test('a template is filled in with the lead, its contact and company, and who writes', async () => {
  const { render } = await openWithLead()
  expect(
    await render({
      subject: '{{ lead.title }} for\n{{ company.name }}',
      body: 'Hello {{contact.first_name | default: "there"}},\n{{ lead.value }}, {{ contact.custom.pet | upcase }}\n{{ user.signature }}',
    }),
  ).toMatchObject({
    subject: 'Renewal for Acme <Ltd>',
    body: 'Hello Jane,\n1054.50 USD, CAT\nAda\nRapport & Co',
    html: null,
    blanks: [],
    defaulted: [],
  })
})

test('placeholders without a value are named, with a fallback or without', async () => {
  const { render, stranger } = await openWithLead()
  expect(
    await render(
      {
        subject: 'For {{ contact.job_title | upcase | append: "!" }}',
        body: 'Hello {{ contact.first_name | default: "there" }}{% if contact.phone %} {{ contact.phone }}{% endif %}',
      },
      stranger.id,
    ),
  ).toMatchObject({
    subject: 'For',
    body: 'Hello there',
    html: null,
    blanks: ['contact.job_title'],
    defaulted: ['contact.first_name'],
  })
})

test('what is blank is marked in its place, through filters and snippets and in HTML', async () => {
  const { client, render, stranger } = await openWithLead()
  await client.templates.create({
    kind: 'snippet',
    name: 'Role',
    body: 'as {{ contact.job_title }}',
  })
  const rendered = await render(
    {
      subject: 'For {{ "Dr. " | append: contact.last_name }}',
      body: 'You {{ snippets.role }}, hello',
      html: '<p title="{{ contact.phone }}">You <b>{{ contact.job_title | upcase }}</b></p><a href="{{ contact.linkedin }}">x</a>',
    },
    stranger.id,
  )
  expect(rendered).toMatchObject({
    subject: 'For',
    body: 'You as , hello',
    html: '<p>You <b></b></p><a>x</a>',
    marked: {
      subject: [
        { text: 'For ', blank: false },
        { text: 'contact.last_name', blank: true },
      ],
      body: [
        { text: 'You as ', blank: false },
        { text: 'contact.job_title', blank: true },
        { text: ', hello', blank: false },
      ],
      html: '<p>You <b><mark>contact.job_title</mark></b></p><a href="">x</a>',
    },
  })
  expect(rendered.blanks).toEqual([
    'contact.job_title',
    'contact.last_name',
    'contact.linkedin',
    'contact.phone',
  ])
})

test('values never become HTML, and what a template brings of scripts is taken out', async () => {
  const { render } = await openWithLead()
  const { html, body } = await render({
    html: '<p onclick="steal()">{{ company.name }} {{ contact.phone | default: "<b>" }}</p><script>steal()</script><a href="javascript:steal()">x</a><p>{{ user.signature }}</p>',
  })
  expect(html).toBe('<p>Acme &lt;Ltd&gt; &lt;b&gt;</p><a>x</a><p>Ada<br />Rapport &amp; Co</p>')
  expect(body).toContain('Acme <Ltd> <b>')
  expect(body).toContain('Ada\nRapport & Co')
})

test('what an editor writes as entities within braces is meant as it reads', async () => {
  const { render } = await openWithLead()
  const { html } = await render({
    html: '<p>{{ contact.phone&nbsp;| default: &quot;a &amp; b&quot; }}</p>',
  })
  expect(html).toBe('<p>a &amp; b</p>')
})

test('formatting that splits a placeholder is named; signs in its quotes and comparisons are not', async () => {
  const { client } = await openWithLead()
  const check = (html: string) => client.templates.check({ body: '', html })
  expect(await check('<p>Hello {{ contact.<b>first</b>_name }}</p>')).toEqual([
    {
      field: 'html',
      message: 'formatting begins or ends within braces',
      line: 1,
      column: 10,
    },
  ])
  expect(await check('<p>{{ contact.phone | default: "<b>" }} {{ lead.title }}</p>')).toEqual([])
  expect(await check('{% if lead.value < 100 %}<b>small</b>{% endif %}')).toEqual([])
})

test('snippets go into texts and HTML, with placeholders of their own', async () => {
  const { client, render } = await openWithLead()
  const snippet = await client.templates.create({
    kind: 'snippet',
    name: 'Intro line',
    body: 'Hi {{ contact.first_name }} & all',
  })
  expect(snippet.key).toBe('intro_line')
  expect(await client.templates.placeholders()).toContainEqual({
    path: 'snippets.intro_line',
    group: 'snippets',
    label: 'Intro line',
  })
  expect(
    await render({ body: '{{ snippets.intro_line }}!', html: '<b>{{ snippets.intro_line }}</b>' }),
  ).toMatchObject({ body: 'Hi Jane & all!', html: '<b>Hi Jane &amp; all</b>' })
  await client.templates.create({ name: 'Mail', body: '{{ snippets.intro_line }}' })
  await expect(client.templates.remove({ id: snippet.id })).rejects.toThrow('used by “Mail”')
  await expect(
    client.templates.create({ kind: 'snippet', name: 'Loop', body: '{{ snippets.intro_line }}' }),
  ).rejects.toThrow('there is no placeholder snippets.intro_line')
})

test('unknown placeholders, filters and tags are refused where they are', async () => {
  const { client } = await openWithLead()
  expect(
    await client.templates.check({
      subject: '{{ contact.firstname }}',
      body: 'one\n {{ lead.title | shout }}',
      html: '{% include "/etc/passwd" %}',
    }),
  ).toEqual([
    { field: 'subject', message: 'there is no placeholder contact.firstname', line: 1, column: 4 },
    { field: 'body', message: 'there is no filter shout', line: 2, column: 2 },
    { field: 'html', message: 'there is no tag include', line: 1, column: 1 },
  ])
  await expect(
    client.templates.create({ name: 'Wrong', body: 'Hello {{ contact.frist_name }}' }),
  ).rejects.toMatchObject({
    data: {
      issues: [
        {
          path: 'body',
          message: 'there is no placeholder contact.frist_name (line 1, column 10)',
        },
      ],
    },
  })
  for (const body of [
    '{{ contact.constructor }}',
    '{% for a in (1..9999999) %}x{% endfor %}',
    '{{ contact["__proto__"] }}',
    '{% layout "x" %}',
    '{{ contact.first_name',
    '{% if contact.first_name %}',
    '{{ contact[lead.title] }}',
  ])
    expect([body, (await client.templates.check({ body })).length > 0]).toEqual([body, true])
})

test('whatever is in the records, a sound template renders, and nothing of it becomes HTML', async () => {
  const { client, contact, render } = await openWithLead()
  const piece = fc.oneof(
    fc.constantFrom(
      '{{ contact.first_name | default: "there" }}',
      '{{ contact.job_title }}',
      '{{ contact.custom.pet | upcase }}',
      '{% if contact.job_title %}{{ contact.job_title }}{% else %}none{% endif %}',
      '{{ user.signature | truncate: 5 }}',
      '{{ lead.expected_close_date | date: "%Y" }}',
      '{{ contact.job_title | date: "%Y" | append: "x" }}',
      '{{ contact.first_name | replace: "a", "<i>" }}',
    ),
    fc.string().map((text) => text.replaceAll(/[{}%<>&]/g, '')),
  )
  const word = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.constantFrom('<script>x</script>', '"><img src=x onerror=y>', '{{ lead.title }}', '&lt;'),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 8 }), word, word, async (pieces, job, pet) => {
      await client.contacts.update({ id: contact.id, jobTitle: job.trim(), custom: { pet } })
      const source = pieces.join(' ')
      const { html, body, blanks } = await render({ body: source, html: `<p>${source}</p>` })
      expect(html?.replace(/^<p>|<\/p>$/g, '').replaceAll('<br />', '')).not.toMatch(/[<>]/)
      const calledBare = pieces.some((one) => one.startsWith('{{ contact.job_title'))
      if (calledBare && job.trim() === '') expect(blanks).toContain('contact.job_title')
      if (job.trim() !== '' && pet.trim() !== '')
        expect(blanks.filter((name) => name !== 'lead.expected_close_date')).toEqual([])
      expect(body).not.toContain('{% if')
    }),
    { numRuns: 60 },
  )
})

test('a rep fills templates in for leads that it may see', async () => {
  const { lead, addUser } = await openWithLead()
  const rep = await addUser('Rep', 'rep')
  await expect(rep.client.templates.render({ body: 'x', leadId: lead.id })).rejects.toThrow(
    'does not exist',
  )
})
