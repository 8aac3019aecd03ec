/** The box that chooses a row: the browser's own, since a list draws hundreds of them. */
import classes from './Table.module.css'

export interface CheckCellProps {
  label: string
  checked: boolean
  /** `range`: Shift was held, everything from the row chosen last is meant. */
  onChange(checked: boolean, range: boolean): void
}

export function CheckCell({ label, checked, onChange }: CheckCellProps) {
  return (
    <input
      type="checkbox"
      className={classes.box}
      aria-label={label}
      checked={checked}
      onChange={({ currentTarget, nativeEvent }) =>
        onChange(currentTarget.checked, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
      }
    />
  )
}
