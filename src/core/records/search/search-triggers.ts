/** Triggers that feed the full-text indexes. System activities are not searched: they repeat their records. */

interface Texts {
  columns: string[]
  /** Those of them that hold phone numbers, which are found in every spelling. */
  phones?: string[]
  /** Those that hold addresses, whose domains are found by the letters they mean, too. */
  addresses?: string[]
  when?: (row: string) => string
}

const texts: Record<string, Texts> = {
  company: {
    columns: [
      'name',
      'domain',
      'industry',
      'city',
      'country',
      'phone',
      'tags',
      'description',
      'external_id',
      'custom',
    ],
    phones: ['phone'],
    addresses: ['domain'],
  },
  contact: {
    columns: [
      'name',
      'email',
      'phone',
      'mobile',
      'job_title',
      'tags',
      'description',
      'external_id',
      'custom',
    ],
    phones: ['phone', 'mobile'],
    addresses: ['email'],
  },
  lead: { columns: ['title', 'source', 'tags', 'description', 'external_id', 'custom'] },
  customer: { columns: ['name', 'tags', 'description', 'external_id', 'custom'] },
  quote: { columns: ['number', 'title', 'notes', 'lines'] },
  task: { columns: ['title', 'description'] },
  activity: { columns: ['subject', 'description'], when: (row) => `${row}.category <> 'system'` },
}

/** SQL that creates the triggers; the tables themselves come from a migration. */
export function searchTriggers(): string[] {
  return Object.entries(texts).flatMap(
    ([table, { columns, phones = [], addresses = [], when }]) => {
      const words = (row: string) =>
        [
          ...columns.map((column) => `${row}.${column}`),
          ...phones.map((column) => `phone_words(${row}.${column})`),
          ...addresses.map((column) => `shown_address(${row}.${column})`),
        ].join(', ')
      const insert = `insert into ${table}_search (rowid, text) values (new.seq, fold(concat_ws(' ', ${words('new')})));`
      const remove = `delete from ${table}_search where rowid = old.seq;`
      const changed = columns.map((column) => `old.${column} is not new.${column}`).join(' or ')
      const guard = (row: string) => (when ? `when ${when(row)}` : '')
      return [
        `create trigger search_${table}_insert after insert on ${table} ${guard('new')} begin ${insert} end`,
        `create trigger search_${table}_update after update of ${columns.join(', ')} on ${table}
        when (${changed}) ${when ? `and ${when('new')}` : ''} begin ${remove} ${insert} end`,
        `create trigger search_${table}_delete after delete on ${table} ${guard('old')} begin ${remove} end`,
      ]
    },
  )
}
