/** The timeline as a tab of pages: of the record itself with what comes next on top, or of the record something is about. */
import { useSearch } from '@tanstack/react-router'
import type { ShownRecord } from '../../../app/recordParts'
import type { Tab } from '../../../ui/record/RecordPage'
import { RecordParts } from '../../../ui/record/RecordParts'
import { type Linked, type LogKind, linksOf, linksTo, recordOf } from './links'
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

/** Of what is about a record: the timeline of that record; none where it is about none. */
export function timelineTabs(item: Linked, readOnly: boolean): readonly Tab[] {
  const about = recordOf(item)
  if (!about) return []
  const { kind, record } = about
  const content = (
    <Timeline
      key={record.id}
      subject={kind}
      id={record.id}
      links={linksOf(item)}
      name={record.name}
      readOnly={readOnly}
    />
  )
  return [{ value: 'timeline', label: 'Timeline', content }]
}
