/** The timeline on a record's page, with what comes next on top. */
import { useSearch } from '@tanstack/react-router'
import type { ShownRecord } from '../../../app/recordParts'
import { RecordParts } from '../../../ui/record/RecordParts'
import { type LogKind, linksTo } from './links'
import { Timeline } from './Timeline'

export function TimelineTab({ record }: { record: ShownRecord<LogKind> }) {
  const { kind, id, name, readOnly } = record
  const search: { activity?: string } = useSearch({ strict: false })
  return (
    <Timeline
      subject={kind}
      id={id}
      links={linksTo(kind, id)}
      name={name}
      activityId={search.activity}
      above={<RecordParts place="next" record={record} />}
      readOnly={readOnly}
    />
  )
}
