/** Asks whether the open work on a record goes to its new owner with it. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useStore } from 'zustand'
import { questions, wordsOf } from './asking'

const listed = new Intl.ListFormat('en')

export function OpenWorkDialog() {
  const question = useStore(questions, ({ waiting }) => waiting[0])
  if (!question) return null
  const words = wordsOf(question.work)
  return (
    <Modal
      key={question.key}
      opened
      onClose={() => question.answer(undefined)}
      title={`Also move ${listed.format(words)}?`}
      size="sm"
    >
      <Stack>
        <Text size="sm">
          The old owner planned this and may not see the record any more. One undo takes all of it
          back.
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => question.answer(false)}>
            Change the owner only
          </Button>
          <Button data-autofocus onClick={() => question.answer(true)}>
            Move all
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
