/** Triggers that keep counts and sums, so that totals over a million rows are read from a few. */

interface Tally {
  table: string
  /** Column of the tally → SQL of its value for a row. */
  keys: Record<string, (row: string) => string>
  sums: Record<string, (row: string) => string>
  /** Columns of the table that any of it hangs on. */
  columns: string[]
}

const tallies: Record<string, Tally> = {
  lead_tally: {
    table: 'lead',
    keys: {
      stage_id: (row) => `${row}.stage_id`,
      owner_id: (row) => `coalesce(${row}.owner_id, '')`,
      currency: (row) => `${row}.currency`,
      status: (row) => `${row}.status`,
    },
    sums: {
      leads: () => '1',
      valued: (row) => `iif(${row}.value_minor is null, 0, 1)`,
      value_minor: (row) => `coalesce(${row}.value_minor, 0)`,
      weighted: (row) => `coalesce(${row}.value_minor * ${row}.probability, 0)`,
      unweighted: (row) => `iif(${row}.probability is null, coalesce(${row}.value_minor, 0), 0)`,
    },
    columns: ['stage_id', 'owner_id', 'currency', 'status', 'value_minor', 'probability'],
  },
  activity_tally: {
    table: 'activity',
    keys: {
      category: (row) => `${row}.category`,
      type: (row) => `${row}.type`,
      user_id: (row) => `coalesce(${row}.user_id, '')`,
    },
    sums: { activities: () => '1' },
    columns: ['category', 'type', 'user_id'],
  },
}

/** SQL that creates the triggers. Rows in the trash do not count. */
export function tallyTriggers(): string[] {
  return Object.entries(tallies).flatMap(([name, { table, keys, sums, columns }]) => {
    const keyNames = Object.keys(keys)
    const sumNames = Object.keys(sums)
    const valuesOf = (row: string) =>
      [...Object.values(keys), ...Object.values(sums)].map((value) => value(row)).join(', ')
    const add = `insert into ${name} (${[...keyNames, ...sumNames].join(', ')})
      select ${valuesOf('new')} where new.deleted_at is null
      on conflict (${keyNames.join(', ')}) do update set
        ${sumNames.map((sum) => `${sum} = ${sum} + excluded.${sum}`).join(', ')};`
    const subtract = `update ${name} set
        ${sumNames.map((sum) => `${sum} = ${sum} - ${sums[sum]?.('old')}`).join(', ')}
      where old.deleted_at is null and ${keyNames.map((key) => `${key} = ${keys[key]?.('old')}`).join(' and ')};`
    const counted = [...columns, 'deleted_at']
    return [
      `create trigger ${name}_insert after insert on ${table} begin ${add} end`,
      `create trigger ${name}_update after update of ${counted.join(', ')} on ${table}
        when ${counted.map((column) => `old.${column} is not new.${column}`).join(' or ')}
        begin ${subtract} ${add} end`,
      `create trigger ${name}_delete after delete on ${table} begin ${subtract} end`,
    ]
  })
}

/** SQL that recounts everything. */
export function recountTallies(): string[] {
  return Object.entries(tallies).flatMap(([name, { table, keys, sums }]) => [
    `delete from ${name}`,
    `insert into ${name} (${[...Object.keys(keys), ...Object.keys(sums)].join(', ')})
      select ${Object.values(keys)
        .map((value) => value(table))
        .join(', ')}, ${Object.values(sums)
        .map((value) => `sum(${value(table)})`)
        .join(', ')}
      from ${table} where deleted_at is null group by ${Object.keys(keys)
        .map((_, index) => index + 1)
        .join(', ')}`,
  ])
}
