/** A tooltip that is mounted when the mouse first rests on its button: a screen with many buttons mounts none. */
import { Tooltip, type TooltipProps } from '@mantine/core'
import { cloneElement, type PointerEvent, type ReactElement, useEffect, useState } from 'react'

/** Milliseconds that the mouse rests before a tooltip shows. */
export const tooltipDelay = 350

export interface TooltipOnDemandProps extends Pick<TooltipProps, 'label' | 'position'> {
  /** Shows nothing for now. */
  disabled?: boolean
  /** What it is for: an element that takes pointer events. */
  children: ReactElement<{
    onPointerEnter?(event: PointerEvent<HTMLElement>): void
    onPointerLeave?(): void
    'aria-expanded'?: boolean
  }>
}

export function TooltipOnDemand({
  label,
  position,
  disabled = false,
  children,
}: TooltipOnDemandProps) {
  /** Under the mouse. */
  const [pointed, setPointed] = useState<HTMLElement | null>(null)
  const [target, setTarget] = useState<HTMLElement | null>(null)
  // It would cover what the button has opened.
  const silent = disabled || children.props['aria-expanded'] === true
  useEffect(() => {
    if (!pointed) return
    const timer = setTimeout(() => setTarget(pointed), tooltipDelay)
    return () => clearTimeout(timer)
  }, [pointed])
  return (
    <>
      {cloneElement(children, {
        onPointerEnter: ({ pointerType, currentTarget }) => {
          if (!silent && pointerType === 'mouse') setPointed(currentTarget)
        },
        onPointerLeave: () => setPointed(null),
      })}
      {target && (
        // From now on it follows the mouse by itself.
        <Tooltip
          label={label}
          disabled={silent}
          target={target}
          defaultOpened
          {...(position && { position })}
        />
      )}
    </>
  )
}
