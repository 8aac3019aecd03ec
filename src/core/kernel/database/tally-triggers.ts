/** Triggers that keep counts and sums, so that totals over a million rows are read from a few. */
import type { Schema } from './schema'

/** SQL that creates the triggers. Rows in the trash do not count. */
export function tallyTriggers({ tallies }: Schema): string[] {
  return [...tallies].flatMap(([name, { table, keys, sums, columns }]) => {
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
export function recountTallies({ tallies }: Schema): string[] {
  return [...tallies].flatMap(([name, { table, keys, sums }]) => [
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
