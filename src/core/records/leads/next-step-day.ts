/** SQL of the day that a lead's next step takes whole, null where it has a time of day. */
export const nextStepDay = `iif(lead.next_step_zone is null, lead.next_step_date, day_in(lead.next_step_at, lead.next_step_zone))`
