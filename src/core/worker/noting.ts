/** Notes which procedure is at work, at every door, for whoever finds the thread stuck in it. */
import type { Watch } from '../kernel/watch/watch'

/** The records of an area. */
const kinds: Readonly<Record<string, string>> = {
  activities: 'activity',
  companies: 'company',
  jobs: 'job',
  contacts: 'contact',
  customers: 'customer',
  leads: 'lead',
  outbox: 'email_message',
  plans: 'plan',
  quotes: 'quote',
  reminders: 'reminder',
  tasks: 'task',
  users: 'user',
}

interface Call<Result> {
  path: readonly string[]
  input: unknown
  next(): Promise<Result>
}

export function createNoting(watch: Watch) {
  return <Result>({ path, input, next }: Call<Result>): Promise<Result> => {
    const [area = ''] = path
    const id = idIn(input, area === 'jobs' ? 'name' : 'id')
    return watch.request(
      {
        kind: 'request',
        name: path.join('.'),
        ...(id && { record: { kind: kinds[area] ?? area, id } }),
      },
      next,
    )
  }
}

function idIn(input: unknown, field: 'id' | 'name'): string | undefined {
  if (typeof input !== 'object' || input === null) return undefined
  const id = (input as Partial<Record<typeof field, unknown>>)[field]
  return typeof id === 'string' ? id : undefined
}
