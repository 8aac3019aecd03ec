/** A person in passing: initials in a steady colour, the name beside them or on hover. */
import type { Reference } from '../../contract/kernel/shapes'
import { hueOf, initialsOf } from './initials'
import classes from './UserAvatar.module.css'

export interface UserAvatarProps {
  user: Reference | null
  /** Writes the name beside the initials. */
  named?: boolean
  size?: number
}

export function UserAvatar({ user, named = false, size = 22 }: UserAvatarProps) {
  if (!user) return named ? <span className={classes.nobody}>Nobody</span> : null
  const style = { '--hue': hueOf(user.name), '--size': `${size}px` }
  if (!named) {
    return (
      <span
        className={classes.circle}
        style={style}
        role="img"
        aria-label={user.name}
        title={user.name}
      >
        {initialsOf(user.name)}
      </span>
    )
  }
  return (
    <span className={classes.person}>
      <span className={classes.circle} style={style} aria-hidden>
        {initialsOf(user.name)}
      </span>
      <span className={classes.name}>{user.name}</span>
    </span>
  )
}
