/** One activity by itself, for links that know no record it belongs to. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { api, client } from '../../../api'
import { useApp } from '../../../app/actions'
import { shownRecord } from '../../../app/recordParts'
import { useMay } from '../../../app/session'
import { RecordHeader } from '../../../ui/record/RecordHeader'
import { RecordLink } from '../../../ui/record/RecordLink'
import { RecordGate, RecordPage } from '../../../ui/record/RecordPage'
import classes from './Activities.module.css'
import { TimelineItem } from './TimelineItem'
import { useWords } from './words'

const route = getRouteApi('/activities/$id')

export default function ActivityPage() {
  const { id } = route.useParams()
  const app = useApp()
  const words = useWords()
  const mayWrite = useMay('write')
  const query = useQuery(api.activities.get.queryOptions({ input: { id } }))
  const remove = useMutation(api.activities.remove.mutationOptions())
  return (
    <RecordGate kind="activity" query={query}>
      {(activity) => {
        const record = shownRecord(
          'activity',
          activity,
          activity.subject ?? words.typeLabel(activity.type),
        )
        return (
          <RecordPage
            record={record}
            restore={() => client.activities.restore({ id })}
            header={
              <RecordHeader
                record={record}
                subtitle={
                  <>
                    {activity.lead && <RecordLink kind="lead" record={activity.lead} />}
                    {activity.contact && <RecordLink kind="contact" record={activity.contact} />}
                    {activity.company && <RecordLink kind="company" record={activity.company} />}
                    {activity.customer && <RecordLink kind="customer" record={activity.customer} />}
                  </>
                }
                {...(activity.category === 'manual'
                  ? {
                      remove: () =>
                        remove.mutate({ id }, { onSuccess: () => app.goTo('/activities') }),
                    }
                  : {})}
              />
            }
            tabs={[
              {
                value: 'activity',
                label: 'Activity',
                content: (
                  <div className={classes.column}>
                    <TimelineItem activity={activity} words={words} mayWrite={mayWrite} />
                  </div>
                ),
              },
            ]}
          />
        )
      }}
    </RecordGate>
  )
}
