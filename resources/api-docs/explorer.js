// Shows every operation of the HTTP API and tries it, from the OpenAPI document alone.
const byId = (id) => document.getElementById(id)
const methods = ['get', 'post', 'put', 'patch', 'delete']

const token = byId('token')
token.value = takeToken()
token.addEventListener('input', () => sessionStorage.setItem('rapport.token', token.value))
byId('access').addEventListener('submit', (event) => event.preventDefault())
byId('find').addEventListener('input', ({ target }) => find(target.value))
await show()

/** Of the address (`#token=T`), where it is not left, or of the screens opened in this tab. */
function takeToken() {
  const offered = new URLSearchParams(location.hash.slice(1)).get('token')
  if (offered) {
    sessionStorage.setItem('rapport.token', offered)
    history.replaceState(null, '', location.pathname)
  }
  return offered ?? sessionStorage.getItem('rapport.token') ?? ''
}

async function show() {
  const main = byId('operations')
  try {
    const api = await (await fetch('/api/openapi.json')).json()
    byId('about').replaceChildren(...codeInText(api.info.description))
    const groups = Object.groupBy(operationsOf(api), ({ operation }) => operation.tags?.[0] ?? '')
    main.replaceChildren(
      ...Object.entries(groups).map(([tag, operations]) =>
        element('section', {}, [
          element('h2', {}, [tag || 'Other']),
          ...operations.map((one) => drawOperation(api, one)),
        ]),
      ),
    )
  } catch (error) {
    main.textContent = `The description could not be loaded: ${error.message}`
  }
}

function operationsOf(api) {
  return Object.entries(api.paths).flatMap(([path, item]) =>
    methods
      .filter((method) => item[method])
      .map((method) => ({ method, path, operation: item[method] })),
  )
}

function find(text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  for (const section of document.querySelectorAll('section')) {
    const operations = [...section.querySelectorAll('details[data-text]')]
    for (const one of operations)
      one.hidden = !words.every((word) => one.dataset.text.includes(word))
    section.hidden = operations.every((one) => one.hidden)
  }
}

function drawOperation(api, { method, path, operation }) {
  const details = element('details', {}, [
    element('summary', {}, [
      element('span', { class: 'method', 'data-method': method }, [method.toUpperCase()]),
      element('code', {}, [`/api${path}`]),
      element('span', { class: 'quiet' }, [operation.summary ?? operation.operationId ?? '']),
    ]),
  ])
  details.dataset.text =
    `${method} /api${path} ${operation.operationId} ${operation.tags}`.toLowerCase()
  // Hundreds of forms would make the page slow to open: each is drawn when it is looked at.
  details.addEventListener(
    'toggle',
    () => details.append(drawInside(api, { method, path, operation })),
    { once: true },
  )
  return details
}

function drawInside(api, { method, path, operation }) {
  const parameters = (operation.parameters ?? []).map((parameter) => drawParameter(parameter))
  const body = drawBody(api, operation)
  const answer = element('pre', { hidden: '' }, [])
  const form = element('form', { class: 'inside' }, [
    ...(operation.description ? [element('p', {}, [operation.description])] : []),
    ...parameters.map(({ field }) => field),
    ...(body ? [body.field] : []),
    element('button', { type: 'submit' }, ['Send']),
    answer,
  ])
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    answer.hidden = false
    answer.textContent = '…'
    answer.textContent = await send({ method, path, parameters, body }).catch(
      (error) => `Not sent: ${error.message}`,
    )
  })
  return form
}

function drawParameter({ name, in: place, required, schema }) {
  const input = element('input', { type: 'text', autocomplete: 'off', placeholder: hint(schema) })
  input.required = place === 'path' || required === true
  const label = element('label', { class: 'field' }, [
    element('span', {}, [
      element('code', {}, [name]),
      element('span', { class: 'quiet' }, [` ${place}`]),
    ]),
    input,
  ])
  return { name, place, field: label, value: () => input.value }
}

/** JSON to edit, or one field for each part of an upload. */
function drawBody(api, { requestBody }) {
  const content = requestBody?.content
  if (!content) return undefined
  const upload = content['multipart/form-data']
  if (upload) return drawUpload(resolve(api, upload.schema))
  const schema = content['application/json']?.schema
  if (!schema) return undefined
  const text = element('textarea', { spellcheck: 'false', 'aria-label': 'Body' })
  text.value = JSON.stringify(example(api, schema), undefined, 2)
  return {
    field: text,
    headers: { 'content-type': 'application/json' },
    content: () => JSON.stringify(JSON.parse(text.value)),
  }
}

function drawUpload(schema) {
  const parts = Object.entries(schema.properties ?? {}).map(([name, part]) => {
    const isFile = part.contentMediaType !== undefined || part.format === 'binary'
    const input = element('input', {
      type: isFile ? 'file' : 'text',
      placeholder: isFile ? '' : hint(part),
    })
    input.required = schema.required?.includes(name) ?? false
    const field = element('label', { class: 'field' }, [element('code', {}, [name]), input])
    return { name, field, value: () => (isFile ? input.files[0] : input.value) }
  })
  return {
    field: element(
      'div',
      {},
      parts.map(({ field }) => field),
    ),
    headers: {},
    content() {
      const form = new FormData()
      for (const { name, value } of parts) if (value()) form.append(name, value())
      return form
    },
  }
}

async function send({ method, path, parameters, body }) {
  let address = `/api${path}`
  const query = new URLSearchParams()
  for (const { name, place, value } of parameters) {
    if (place === 'path') address = address.replace(`{${name}}`, encodeURIComponent(value()))
    else if (value() !== '') query.append(name, value())
  }
  if (query.size > 0) address += `?${query}`
  const began = performance.now()
  const response = await fetch(address, {
    method: method.toUpperCase(),
    headers: { ...body?.headers, authorization: `Bearer ${token.value}` },
    ...(body && { body: body.content() }),
    signal: AbortSignal.timeout(30_000),
  })
  const text = response.headers.get('content-type')?.startsWith('text/event-stream')
    ? await firstEvents(response)
    : await response.text()
  const took = Math.round(performance.now() - began)
  return `${method.toUpperCase()} ${address}\n${response.status} ${response.statusText} in ${took} ms\n\n${pretty(text)}`
}

/** Live updates never end: what comes within a few seconds is shown. */
async function firstEvents(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  const over = new Promise((resolve) => setTimeout(() => resolve({ done: true }), 5000))
  let text = ''
  for (;;) {
    const { done, value } = await Promise.race([reader.read(), over])
    if (done) break
    text += value
  }
  await reader.cancel()
  return text
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2)
  } catch {
    return text
  }
}

/** A value to begin with: the required fields, each as its type wants it. */
function example(api, given, depth = 0) {
  const schema = resolve(api, given)
  if (schema.default !== undefined) return schema.default
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  const [choice] = schema.anyOf ?? schema.oneOf ?? []
  if (choice) return example(api, choice, depth)
  if (schema.allOf)
    return Object.assign({}, ...schema.allOf.map((part) => example(api, part, depth)))
  if (schema.type === 'object') {
    const wanted = depth < 4 ? (schema.required ?? []) : []
    return Object.fromEntries(
      wanted.map((name) => [name, example(api, schema.properties[name] ?? {}, depth + 1)]),
    )
  }
  if (schema.type === 'array') return []
  if (schema.type === 'boolean') return false
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 0
  return schema.type === 'null' ? null : ''
}

function resolve(api, schema) {
  if (!schema.$ref) return schema
  return schema.$ref
    .split('/')
    .slice(1)
    .reduce((part, key) => part[key], api)
}

/** `code` between backticks. */
function codeInText(text) {
  return text.split('`').map((part, index) => (index % 2 ? element('code', {}, [part]) : part))
}

function hint(schema = {}) {
  if (schema.enum) return schema.enum.join(' | ')
  const types = [schema, ...(schema.anyOf ?? [])].map(({ type, format }) => format ?? type)
  const known = [...new Set(types.filter(Boolean))].join(' or ')
  return schema.default === undefined
    ? known
    : `${known} (usually ${JSON.stringify(schema.default)})`
}

function element(name, attributes = {}, children = []) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...children)
  return made
}
