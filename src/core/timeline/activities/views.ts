/** The four database views, for people who look at the file with other tools. */

const instant = (column: string) =>
  `strftime('%Y-%m-%dT%H:%M:%fZ', ${column} / 1000.0, 'unixepoch')`

const columns = `activity.id as activity_id, activity.lead_id, lead.title as lead_title,
  activity.customer_id, customer.name as customer_name, activity.company_id, company.name as company_name,
  activity.contact_id, contact.name as contact_name, activity.category, activity.type, activity.subject,
  activity.description, activity.outcome, activity.direction, activity.duration_minutes,
  ${instant('activity.at')} as at, ${instant('activity.due_at')} as due_at,
  ${instant('activity.completed_at')} as completed_at, activity.metadata, person.name as user_name,
  author.name as created_by, activity.visible_to_rep`
const from = `from activity
  left join lead on lead.id = activity.lead_id
  left join customer on customer.id = activity.customer_id
  left join company on company.id = activity.company_id
  left join contact on contact.id = activity.contact_id
  left join user person on person.id = activity.user_id
  left join user author on author.id = activity.created_by
  where activity.deleted_at is null`

export const activityViews: Readonly<Record<string, string>> = {
  v_manual_activities: `select ${columns} ${from} and activity.category = 'manual'`,
  v_system_activities: `select ${columns} ${from} and activity.category = 'system'`,
  v_lead_timeline: `select ${columns} ${from} and activity.lead_id is not null order by activity.lead_id, activity.at desc, activity.seq desc`,
  v_customer_timeline: `select ${columns} ${from} and activity.customer_id is not null order by activity.customer_id, activity.at desc, activity.seq desc`,
}
