/** What an import brings beside the rows of its file, and which columns it leaves out. */
import { Badge, Group, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Import } from '../../../../contract/transfer/import'
import { customTypeNames } from '../../../ui/customFields'
import classes from './transfer.module.css'

type Alongside = Pick<Import, 'alsoCreated' | 'newFields' | 'leftOut'>

const nouns: readonly [keyof Import['alsoCreated'], one: string, many: string][] = [
  ['companies', 'company', 'companies'],
  ['contacts', 'contact', 'contacts'],
  ['users', 'user', 'users'],
  ['teams', 'team', 'teams'],
  ['pipelines', 'pipeline', 'pipelines'],
  ['stages', 'stage', 'stages'],
  ['optOuts', 'opt-out', 'opt-outs'],
  ['words', 'activity type or outcome', 'activity types and outcomes'],
]

export function Alongside({ of, tense }: { of: Alongside; tense: 'before' | 'after' }) {
  const { alsoCreated, newFields, leftOut } = of
  const created = nouns.filter(([name]) => alsoCreated[name] > 0)
  if (created.length + newFields.length + leftOut.length === 0) return null
  return (
    <section className={classes.card} aria-label="Also part of this import">
      <Title order={2} mb={6}>
        Also part of this import
      </Title>
      <Stack gap={8}>
        {created.length > 0 && (
          <Part label={tense === 'before' ? 'Will be created' : 'Created'}>
            {created.map(([name, one, many]) => (
              <Badge key={name} color="green">
                {alsoCreated[name].toLocaleString()} {alsoCreated[name] === 1 ? one : many}
              </Badge>
            ))}
          </Part>
        )}
        {newFields.length > 0 && (
          <Part
            label={`${newFields.length.toLocaleString()} new custom ${newFields.length === 1 ? 'field' : 'fields'}`}
          >
            {newFields.map(({ name, label, type }) => (
              <Badge key={name} color="gray" className={classes.columnBadge} title={label}>
                {label} · {customTypeNames[type].toLowerCase()}
              </Badge>
            ))}
          </Part>
        )}
        {leftOut.length > 0 && (
          <Part
            label={`${leftOut.length.toLocaleString()} ${leftOut.length === 1 ? 'column' : 'columns'} not imported`}
          >
            {leftOut.map((column) => (
              <Badge key={column} color="amber" className={classes.columnBadge} title={column}>
                {column}
              </Badge>
            ))}
          </Part>
        )}
      </Stack>
    </section>
  )
}

function Part({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.part}>
      <Text size="sm" fw={550}>
        {label}
      </Text>
      <Group gap={6}>{children}</Group>
    </div>
  )
}
