/** Text a person wrote, line breaks kept, addresses made into links; never read as markup. */
import classes from './links.module.css'

const address = /(https?:\/\/[^\s<>"')\]]+[^\s<>"')\].,;:!?])/g

export function TextWithLinks({ text }: { text: string }) {
  return (
    <span style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
      {partsOf(text).map(({ part, end }) =>
        /^https?:\/\//.test(part) ? (
          <a
            key={end}
            className={classes.link}
            href={part}
            target="_blank"
            rel="noopener noreferrer"
          >
            {part}
          </a>
        ) : (
          <span key={end}>{part}</span>
        ),
      )}
    </span>
  )
}

function partsOf(text: string) {
  let end = 0
  return text.split(address).map((part) => {
    // Never the same twice: an empty part counts as one.
    end += part.length + 1
    return { part, end }
  })
}
