/** Every change of the workspace, newest first, narrowed by person, time and table. */
import { Group, Select, Text } from '@mantine/core'
import { useState } from 'react'
import type { Reference } from '../../../../contract/kernel/shapes'
import { DateField } from '../../../ui/DateField'
import { PageTitle } from '../../../ui/PageTitle'
import { ReferencePicker } from '../../../ui/ReferencePicker'
import { readable } from '../../../ui/readable'
import classes from './ChangesPage.module.css'
import { ChangeList } from './History'

const tables = [
  'lead',
  'company',
  'contact',
  'customer',
  'quote',
  'activity',
  'stage',
  'pipeline',
  'user',
  'team',
  'setting',
  'custom_field',
  'saved_view',
  'activity_template',
]

export default function ChangesPage() {
  const [user, setUser] = useState<Reference | null>(null)
  const [from, setFrom] = useState<string | null>(null)
  const [to, setTo] = useState<string | null>(null)
  const [table, setTable] = useState<string | null>(null)
  return (
    <section className={classes.page} aria-label="Change log">
      <header className={classes.heading}>
        <div>
          <PageTitle title="Change log" />
          <Text size="sm" c="dimmed">
            Every change, who made it and through which door.
          </Text>
        </div>
        <Group gap="xs" align="flex-end">
          <ReferencePicker
            of="user"
            aria-label="Person"
            size="xs"
            placeholder="Everybody"
            value={user}
            onChange={setUser}
          />
          <Select
            aria-label="What"
            size="xs"
            placeholder="Everything"
            clearable
            data={tables.map((value) => ({ value, label: readable(value) }))}
            value={table}
            onChange={setTable}
          />
          <DateField aria-label="From" size="xs" value={from} onChange={setFrom} />
          <DateField aria-label="To" size="xs" value={to} onChange={setTo} />
        </Group>
      </header>
      <ChangeList
        filter={{
          ...(user ? { userId: user.id } : {}),
          ...(table ? { table } : {}),
          ...(from ? { from } : {}),
          ...(to ? { to } : {}),
        }}
      />
    </section>
  )
}
