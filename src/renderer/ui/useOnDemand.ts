/** Mounts a dialog when it is first opened: closed at first, so that it opens as it always does. */
import { useEffect, useState } from 'react'

/** @returns whether it is mounted, and whether it is opened by now */
export function useOnDemand(opened: boolean): { mounted: boolean; opened: boolean } {
  const [mounted, setMounted] = useState(false)
  useEffect(() => {
    if (opened) setMounted(true)
  }, [opened])
  return { mounted: mounted || opened, opened: mounted && opened }
}
