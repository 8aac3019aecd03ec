/** A record that a job was at: a link where it has a page. */
import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { WorkRecord } from '../../../../contract/background/jobs'
import { kinds, recordPath } from '../../../app/records'

export function RecordAnchor({ record: { kind, id, name } }: { record: WorkRecord }) {
  const known = Object.keys(kinds).find((one): one is keyof typeof kinds => one === kind)
  const words = {
    activity: 'an activity',
    email_message: 'an e-mail',
    plan: 'a plan',
    user: 'a user',
  } as const
  const text =
    name ??
    (kind in words ? words[kind as keyof typeof words] : `a ${known ? kinds[known].one : 'record'}`)
  if (!known) return <>{name ? `“${name}”` : text}</>
  return (
    <Anchor component={Link} to={recordPath(known, id)} inherit>
      {text}
    </Anchor>
  )
}
