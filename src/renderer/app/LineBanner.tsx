/** Says that the line to the core is down, once that lasts longer than a blink. */
import { Alert, Group, Loader } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { Line } from './live'

const patience = 2500

export function LineBanner({ line }: { line: Line }) {
  const [shown, setShown] = useState(false)
  useEffect(() => {
    if (line !== 'lost') {
      setShown(false)
      return
    }
    const timer = setTimeout(() => setShown(true), patience)
    return () => clearTimeout(timer)
  }, [line])
  if (!shown) return null
  return (
    <Alert color="amber" radius={0} py={6} role="status" variant="filled">
      <Group gap="sm">
        <Loader size={14} color="currentColor" />
        Rapport’s core does not answer. What you see may be old; new changes cannot be saved until
        it is back.
      </Group>
    </Alert>
  )
}
