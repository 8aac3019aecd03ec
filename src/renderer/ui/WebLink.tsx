/** A web address as a link. What is none stays text: nothing that was stored may run as a script. */
import { webAddress } from '../../contract/kernel/text'
import classes from './links.module.css'

export function WebLink({ text }: { text: string }) {
  const address = webAddress(text)
  if (address === undefined) return text
  return (
    <a className={classes.link} href={address} target="_blank" rel="noopener noreferrer">
      {text.replace(/^https?:\/\/(www\.)?/i, '')}
    </a>
  )
}
