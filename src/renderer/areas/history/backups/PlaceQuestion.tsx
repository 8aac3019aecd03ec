/** Asked once a database is opened on another computer or in another folder: moved or copied? */
import { Button, Modal, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { HoldStatus } from '../../../../contract/history/holds'
import { api } from '../../../api'
import { messageOf } from '../../../app/problems'
import { useMay } from '../../../app/session'

/** Opens by itself where e-mail waits for the answer, for those who may give it; else the banner asks and interrupts nobody. */
export function PlaceQuestion({ holds, waiting }: Pick<HoldStatus, 'holds' | 'waiting'>) {
  const mayAnswer = useMay('administer')
  const [later, setLater] = useState(false)
  const asks = holds.some((hold) => hold.reason === 'copied' && hold.answer === null)
  if (!asks || waiting === 0 || !mayAnswer) return null
  return (
    <Modal
      opened={!later}
      onClose={() => setLater(true)}
      title="Was this database moved or copied?"
      size="md"
    >
      <Stack gap="md">
        <PlaceAnswers />
        <Button variant="subtle" onClick={() => setLater(true)}>
          Decide later
        </Button>
      </Stack>
    </Modal>
  )
}

/** The two answers, and what follows from each. */
export function PlaceAnswers() {
  const cache = useQueryClient()
  const place = useMutation({
    ...api.holds.place.mutationOptions(),
    meta: { showsProblem: true },
    onSuccess: () => cache.invalidateQueries(),
  })
  const answer = place.variables?.answer
  return (
    <Stack gap="md">
      <Text size="sm">
        It was last used on another computer or in another folder. If both send e-mail, people get
        everything twice, so nothing is sent until you answer.
      </Text>
      <Stack gap={4}>
        <Button
          loading={place.isPending && answer === 'moved'}
          onClick={() => place.mutate({ answer: 'moved' })}
        >
          It was moved
        </Button>
        <Text size="xs" c="dimmed">
          The other one is not used any more. Rapport goes on here as before.
        </Text>
      </Stack>
      <Stack gap={4}>
        <Button
          variant="default"
          loading={place.isPending && answer === 'copied'}
          onClick={() => place.mutate({ answer: 'copied' })}
        >
          It is a copy
        </Button>
        <Text size="xs" c="dimmed">
          The other one is still in use. This copy sends nothing until you allow it, its automated
          cadences are paused, and e-mails that waited are yours to decide on.
        </Text>
      </Stack>
      {place.isError && (
        <Text size="sm" c="red" role="alert">
          {messageOf(place.error)}
        </Text>
      )}
    </Stack>
  )
}
