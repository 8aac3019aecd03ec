/** What is on screen while the core opens the database: nothing but a sign at first, then what takes so long. */
import { Center, Loader, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { OpeningStep } from '../../contract/kernel/opening'
import { askOpening } from '../api'

/** An opening that takes less needs no words, in milliseconds. */
const unnoticed = 300

export function Opening() {
  const [waited, setWaited] = useState(false)
  useEffect(() => {
    const timer = setTimeout(setWaited, unnoticed, true)
    return () => clearTimeout(timer)
  }, [])
  const { data } = useQuery({
    queryKey: ['opening'],
    queryFn: askOpening,
    enabled: waited,
    retry: false,
    refetchInterval: 500,
    gcTime: 0,
  })
  const words = data?.step && said[data.step]
  return (
    <Center component="main" h="100%" px="md">
      <Stack align="center" gap="xs" maw={420} ta="center">
        <Loader aria-label="Starting" />
        {words && (
          <div role="status">
            <Title order={1} size="h3" mt="sm">
              {words.title}
            </Title>
            <Text c="dimmed" mt={4}>
              {words.text}
            </Text>
          </div>
        )}
      </Stack>
    </Center>
  )
}

const said: Record<OpeningStep, { title: string; text: string }> = {
  checking: {
    title: 'Checking your data',
    text: 'Rapport was not closed properly, or it is time for the weekly check. This takes a few seconds.',
  },
  backing_up: {
    title: 'Backing up your data',
    text: 'Before Rapport updates your data for this version, it makes a backup.',
  },
  updating: {
    title: 'Updating your data',
    text: 'Rapport prepares your data for this version. A backup was made first.',
  },
}
