/** Text a person wrote, line breaks kept, addresses made into links; never read as markup. */
import { Anchor } from '@mantine/core'

const address = /(https?:\/\/[^\s<>"')\]]+[^\s<>"')\].,;:!?])/g

export function TextWithLinks({ text }: { text: string }) {
  let offset = 0
  return (
    <span style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
      {text.split(address).map((part) => {
        const key = offset
        offset += part.length
        return /^https?:\/\//.test(part) ? (
          <Anchor key={key} href={part} target="_blank" rel="noopener noreferrer">
            {part}
          </Anchor>
        ) : (
          <span key={key}>{part}</span>
        )
      })}
    </span>
  )
}
