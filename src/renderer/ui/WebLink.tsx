/** A web address as a link. What is none stays text: nothing that was stored may run as a script. */
import { Anchor } from '@mantine/core'
import { webAddress } from '../../contract/kernel/text'

export function WebLink({ text }: { text: string }) {
  const address = webAddress(text)
  if (address === undefined) return text
  return (
    <Anchor inherit href={address} target="_blank" rel="noopener noreferrer">
      {text.replace(/^https?:\/\/(www\.)?/i, '')}
    </Anchor>
  )
}
