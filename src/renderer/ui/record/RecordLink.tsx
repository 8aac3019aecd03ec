/** Another record's name, leading to its page. */
import { Link } from '@tanstack/react-router'
import type { Reference } from '../../../contract/kernel/shapes'
import { type PageKind, recordPath } from '../../app/records'
import classes from '../links.module.css'

export function RecordLink({ kind, record }: { kind: PageKind; record: Reference }) {
  return (
    <Link to={recordPath(kind, record.id) as string} className={classes.link}>
      {record.name}
    </Link>
  )
}
