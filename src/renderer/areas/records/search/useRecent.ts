/** Remembers which records were opened, for an empty palette. */
import { useLocalStorage } from '@mantine/hooks'
import { useEffect } from 'react'
import type { RecordKind } from '../../../../contract/kernel/words'
import { type RecentRecord, readRecent, recentKey, withRecent } from './recent'

export function useRecent() {
  return useLocalStorage<RecentRecord[]>({
    key: recentKey,
    defaultValue: [],
    getInitialValueInEffect: false,
    deserialize,
  })
}

function deserialize(text: string | undefined): RecentRecord[] {
  try {
    return readRecent(JSON.parse(text ?? '[]'))
  } catch {
    return []
  }
}

/** Call on a record's page. */
export function useRememberRecord(kind: RecordKind, id: string, name: string | undefined): void {
  const [, setRecent] = useRecent()
  useEffect(() => {
    if (name) setRecent((list) => withRecent(list, { kind, id, name }))
  }, [kind, id, name, setRecent])
}
