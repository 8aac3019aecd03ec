import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate as drizzleMigrate } from 'drizzle-orm/better-sqlite3/migrator'
import { describe, expect, test } from 'vitest'
import { listBackups } from './backup'
import {
  addCompany,
  close,
  companiesAndContacts,
  count,
  createFiles,
  firstMigration,
  makeMigrations,
  rebuildCompany,
  refusal,
  triggers,
} from './testing'

const triggersAndViewsOf = (connection: Database.Database) =>
  connection
    .prepare(`select name from sqlite_schema where type in ('view', 'trigger') order by name`)
    .pluck()
    .all()

/** A database of the first version with two companies and five contacts, closed. */
async function makeFirstVersion() {
  const files = createFiles()
  const ready = await files.openReady()
  addCompany(ready.connection, 'acme', 3)
  addCompany(ready.connection, 'globex', 2)
  close(ready)
  return files
}

describe('a table with children is rebuilt', () => {
  const migrations = () => makeMigrations([companiesAndContacts, rebuildCompany])

  test('and no row is lost, nor the views and triggers', async () => {
    const files = await makeFirstVersion()
    const { connection, migrated } = await files.openReady({ migrations: migrations() })
    expect(migrated).toBe(true)
    expect(count(connection, 'company')).toBe(2)
    expect(count(connection, 'contact')).toBe(5)
    expect(triggersAndViewsOf(connection)).toEqual(['company_named', 'v_company'])
    expect(connection.pragma('foreign_key_check')).toEqual([])
    expect(connection.pragma('foreign_keys', { simple: true })).toBe(1)
    connection.exec(`delete from company where id = 'acme'`)
    expect(count(connection, 'contact')).toBe(2)
  })

  test('whereas with foreign keys left on it takes the children with it', async () => {
    const files = await makeFirstVersion()
    const raw = new Database(files.file)
    raw.exec('drop view v_company')
    raw.pragma('foreign_keys = ON')
    drizzleMigrate(drizzle(raw), { migrationsFolder: migrations() })
    expect(count(raw, 'contact')).toBe(0)
    raw.close()
  })

  test('and drizzle itself finds nothing left to do', async () => {
    const files = await makeFirstVersion()
    const { connection } = await files.openReady({ migrations: migrations() })
    const before = connection.prepare('select * from __drizzle_migrations').all()
    drizzleMigrate(drizzle(connection), { migrationsFolder: migrations() })
    expect(connection.prepare('select * from __drizzle_migrations').all()).toEqual(before)
  })
})

describe('a migration that fails', () => {
  const failing = {
    'breaks foreign keys': `delete from company where id = 'acme';`,
    'fails at its second statement': `update company set name = 'lost';--> statement-breakpoint
insert into nowhere values (1);`,
    'takes a column that a view shows': `alter table company rename column name to title;`,
    'would end the transaction it is in': 'commit;',
  }

  test.each(Object.entries(failing))(
    'because it %s leaves everything as it was',
    async (_, sql) => {
      const files = await makeFirstVersion()
      const broken = makeMigrations([
        companiesAndContacts,
        rebuildCompany,
        { name: '0002_broken', sql },
      ])
      const refused = await refusal(files.open({ migrations: broken }))
      expect(refused.code).toBe('migration_failed')
      expect(refused.message).toMatch(/0002_broken|views and triggers/)

      const { connection, migrated } = await files.openReady()
      expect(migrated).toBe(false)
      expect(connection.prepare('select name from company order by 1').pluck().all()).toEqual([
        'Company acme',
        'Company globex',
      ])
      expect(count(connection, 'contact')).toBe(5)
      expect(triggersAndViewsOf(connection)).toEqual(['company_named', 'v_company'])
      expect(connection.pragma('user_version', { simple: true })).toBe(1)
    },
  )

  test('says which rows would point to nothing', async () => {
    const files = await makeFirstVersion()
    const broken = makeMigrations([
      companiesAndContacts,
      { name: '0001_broken', sql: failing['breaks foreign keys'] },
    ])
    const { message } = await refusal(files.open({ migrations: broken }))
    expect(message).toContain('3 rows, the first in contact, would point to a missing company')
  })

  test('is tried again at the next start', async () => {
    const files = await makeFirstVersion()
    const broken = [
      companiesAndContacts,
      { name: '0001_city', sql: 'alter table nowhere add city' },
    ]
    await refusal(files.open({ migrations: makeMigrations(broken) }))
    const mended = [
      companiesAndContacts,
      { name: '0001_city', sql: 'alter table company add city' },
    ]
    const { connection } = await files.openReady({ migrations: makeMigrations(mended) })
    expect(connection.prepare('select city from company limit 1').pluck().get()).toBe(null)
  })

  test('because the disk is full says so, and changes nothing', async () => {
    const files = await makeFirstVersion()
    const filling = makeMigrations([
      companiesAndContacts,
      {
        name: '0001_large',
        sql: `create table large as with recursive n(i) as (select 1 union all select i + 1 from n where i < 5000)
          select i, hex(randomblob(200)) as text from n`,
      },
    ])
    const refused = await refusal(
      files.open({
        migrations: filling,
        beforeMigration(connection) {
          triggers.beforeMigration(connection)
          const pages = Number(connection.pragma('page_count', { simple: true }))
          connection.pragma(`max_page_count = ${pages + 20}`)
        },
      }),
    )
    expect(refused.code).toBe('disk_full')
    close(await files.openReady())
    const { connection } = await files.openReady({ migrations: filling })
    expect(count(connection, 'large')).toBe(5000)
    expect(count(connection, 'contact')).toBe(5)
  })
})

describe('migrations carry data along', () => {
  test('values are moved into their new shape', async () => {
    const files = await makeFirstVersion()
    const split = makeMigrations([
      companiesAndContacts,
      rebuildCompany,
      {
        name: '0002_split',
        sql: `alter table contact add label text;--> statement-breakpoint
update contact set label = (select company.name from company where company.id = company_id) || ': ' || name;`,
      },
    ])
    const { connection } = await files.openReady({ migrations: split })
    expect(connection.prepare(`select label from contact where id = 'acme-1'`).pluck().get()).toBe(
      'Company acme: Contact 1',
    )
    expect(connection.pragma('user_version', { simple: true })).toBe(3)
  })

  test('one that is older than the last applied still comes', async () => {
    const files = createFiles()
    const later = {
      name: '0001_later',
      sql: 'alter table company add later',
      when: firstMigration + 9,
    }
    const earlier = {
      name: '0001_earlier',
      sql: 'alter table company add earlier',
      when: firstMigration + 5,
    }
    close(await files.openReady({ migrations: makeMigrations([companiesAndContacts, later]) }))
    const { connection } = await files.openReady({
      migrations: makeMigrations([companiesAndContacts, earlier, later]),
    })
    expect(
      connection.prepare('select name from pragma_table_info(?)').pluck().all('company'),
    ).toEqual(['id', 'name', 'later', 'earlier'])
  })
})

describe('views and triggers', () => {
  test('are created again when they alone have changed, without a backup', async () => {
    const files = await makeFirstVersion()
    const changed = {
      triggersFingerprint: 'second',
      afterMigration: (connection: Database.Database) =>
        connection.exec(`create view v_company as select id from company`),
    }
    const second = await files.openReady(changed)
    expect(second.migrated).toBe(false)
    expect(triggersAndViewsOf(second.connection)).toEqual(['v_company'])
    close(second)
    const third = await files.openReady({
      ...changed,
      afterMigration: () => expect.unreachable('nothing has changed'),
    })
    expect(triggersAndViewsOf(third.connection)).toEqual(['v_company'])
    expect(listBackups(files.directory)).toEqual([])
  })

  test.each([
    ['a view', 'create view v_company as select town from company'],
    [
      'a trigger',
      `create trigger company_named after insert on company begin
        update company set town = 'Here' where id = new.id; end`,
    ],
    ['nonsense', 'create view v_company as nonsense'],
  ])('stay as they were when %s cannot work with the tables', async (_, sql) => {
    const files = await makeFirstVersion()
    const refused = await refusal(
      files.open({
        triggersFingerprint: 'second',
        afterMigration: (connection) => connection.exec(sql),
      }),
    )
    expect(refused.code).toBe('migration_failed')
    const { connection } = await files.openReady()
    expect(triggersAndViewsOf(connection)).toEqual(['company_named', 'v_company'])
  })
})

describe('before a migration', () => {
  test('a backup of the old version is made', async () => {
    const files = await makeFirstVersion()
    close(
      await files.openReady({ migrations: makeMigrations([companiesAndContacts, rebuildCompany]) }),
    )
    const [backup, ...others] = listBackups(files.directory)
    expect(others).toEqual([])
    expect(backup).toMatchObject({
      name: 'rapport-2026-11-20T09-30-00-000Z-migration-n1-c0.db',
      reason: 'migration',
      verified: true,
    })
    const copy = new Database(join(files.directory, 'backups', backup!.name), { readonly: true })
    expect(copy.pragma('user_version', { simple: true })).toBe(1)
    expect(count(copy, 'contact')).toBe(5)
    copy.close()
  })

  test('a new file needs none', async () => {
    const files = createFiles()
    await files.openReady()
    expect(readdirSync(files.directory)).not.toContain('backups')
  })

  test('nothing is migrated where the backup cannot be made', async () => {
    const files = await makeFirstVersion()
    writeFileSync(join(files.directory, 'backups'), 'a file where the folder should be')
    const migrations = makeMigrations([companiesAndContacts, rebuildCompany])
    const refused = await refusal(files.open({ migrations }))
    expect(refused.code).toBe('directory_not_writable')
    const raw = new Database(files.file, { readonly: true })
    expect(raw.pragma('user_version', { simple: true })).toBe(1)
    raw.close()
  })
})
