/** The current minute, shared by all texts that say how long ago something was. */
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'

const MinuteContext = createContext<Date | null>(null)
const minute = 60_000

export function MinuteProvider({ children }: { children: ReactNode }) {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), minute)
    return () => clearInterval(timer)
  }, [])
  return <MinuteContext value={now}>{children}</MinuteContext>
}

/** Now, at most a minute old; what shows it is drawn again each minute. */
export const useMinute = (): Date => useContext(MinuteContext) ?? new Date()
