/** Says on every screen that nothing goes out, why, and where to decide. */
import { Alert, Button, Group, Text } from '@mantine/core'
import { IconClockExclamation, IconCopy, IconHandStop } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useRouterState } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { HoldStatus } from '../../../../contract/history/holds'
import { api } from '../../../api'
import { useMay } from '../../../app/session'
import { DateText } from '../../../ui/DateText'
import { PlaceQuestion } from './PlaceQuestion'

type Hold = HoldStatus['holds'][number]
const page = '/settings/sending'

export default function HoldBanner() {
  const status = useQuery(api.holds.status.queryOptions())
  const mayDecide = useMay('configure')
  const path = useRouterState({ select: (state) => state.location.pathname })
  const holds = status.data?.holds ?? []
  if (holds.length === 0) return null
  return (
    <>
      {/* The page itself says it all, with what to do about it. */}
      {path !== page &&
        holds.map((hold) => (
          <Alert
            key={hold.reason}
            color="amber"
            radius={0}
            py={6}
            // A screen that fills the height must not squeeze it.
            style={{ flexShrink: 0 }}
            role="status"
            icon={<HoldIcon hold={hold} />}
          >
            <Group justify="space-between" gap="sm">
              <Text size="sm">
                <HoldText hold={hold} />
              </Text>
              {mayDecide && (
                <Button
                  size="xs"
                  variant="default"
                  renderRoot={(props) => <Link to={page} {...props} />}
                >
                  Review
                </Button>
              )}
            </Group>
          </Alert>
        ))}
      <PlaceQuestion holds={holds} waiting={status.data?.waiting ?? 0} />
    </>
  )
}

function HoldIcon({ hold }: { hold: Hold }) {
  if (hold.reason === 'clock') return <IconClockExclamation size={18} />
  return hold.reason === 'copied' ? <IconCopy size={18} /> : <IconHandStop size={18} />
}

export function HoldText({ hold }: { hold: Hold }): ReactNode {
  switch (hold.reason) {
    case 'clock':
      return (
        <>
          Is the clock of this computer right? It shows{' '}
          <DateText value={hold.now} format="moment" />; Rapport was last used on{' '}
          <DateText value={hold.lastSeen} format="moment" />. Nothing is sent or deleted for good
          until you have checked.
        </>
      )
    case 'copied':
      return hold.answer === 'copied' ? (
        <>This is a copy of another Rapport database. It sends nothing.</>
      ) : (
        <>Was this database moved here, or copied? Nothing is sent until you say.</>
      )
    case 'restored':
      return (
        <>
          Sending has been on hold since {restoredFrom[hold.from]}{' '}
          <DateText value={hold.since} format="moment" />. You can keep working; nothing is sent
          until you resume.
        </>
      )
  }
}

const restoredFrom = {
  backup: 'a backup was restored',
  empty: 'an empty database was started',
  file: 'another database file was put in place',
} as const
