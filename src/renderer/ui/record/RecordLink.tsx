/** Another record's name, leading to its page. */
import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Reference } from '../../../contract/kernel/shapes'
import { type PageKind, recordPath } from '../../app/records'

export function RecordLink({ kind, record }: { kind: PageKind; record: Reference }) {
  return (
    <Anchor component={Link} to={recordPath(kind, record.id) as string} inherit>
      {record.name}
    </Anchor>
  )
}
