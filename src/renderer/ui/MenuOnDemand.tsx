/** A menu that is mounted when its button is pressed for the first time: a list with one in each row mounts none. */
import { Menu, type MenuDropdownProps, type MenuProps } from '@mantine/core'
import {
  type ComponentType,
  type MouseEventHandler,
  type ReactNode,
  type Ref,
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'

/** What makes a button the one that opens the menu. */
export interface MenuButtonProps {
  ref: Ref<HTMLButtonElement>
  id: string
  'aria-label'?: string
  'aria-haspopup': 'menu'
  'aria-expanded': boolean
  'aria-controls': string | undefined
  onClick: MouseEventHandler
}

export interface MenuOnDemandProps extends Pick<MenuProps, 'width'> {
  /** Draws the button. */
  button: ComponentType<MenuButtonProps>
  /** What the button is called, where that depends on what the menu is for. */
  label?: string
  dropdown?: Pick<MenuDropdownProps, 'mah' | 'style'>
  /** The items. */
  children: ReactNode
}

export function MenuOnDemand({
  button: Button,
  label,
  width,
  dropdown,
  children,
}: MenuOnDemandProps) {
  const id = useId()
  const element = useRef<HTMLButtonElement>(null)
  const [mounted, setMounted] = useState(false)
  const [opened, setOpened] = useState(false)
  // Opened once it is there: the menu notes at that moment where the focus goes back to.
  useEffect(() => {
    if (mounted) setOpened(true)
  }, [mounted])
  return (
    <>
      <Button
        ref={element}
        id={id}
        {...(label && { 'aria-label': label })}
        aria-haspopup="menu"
        aria-expanded={opened}
        aria-controls={opened ? `${id}-dropdown` : undefined}
        onClick={() => (mounted ? setOpened(!opened) : setMounted(true))}
      />
      {mounted && (
        <Menu id={id} opened={opened} onChange={setOpened} {...(width ? { width } : {})}>
          <Menu.Target>
            <ButtonElsewhere for={element} />
          </Menu.Target>
          <Menu.Dropdown {...dropdown}>{children}</Menu.Dropdown>
        </Menu>
      )}
    </>
  )
}

/** Gives the menu a button that is drawn elsewhere as its target. */
function ButtonElsewhere({
  for: element,
  ref,
}: {
  for: RefObject<HTMLButtonElement | null>
  /** The menu's. */
  ref?: (target: HTMLButtonElement | null) => void
}) {
  useLayoutEffect(() => {
    ref?.(element.current)
    return () => ref?.(null)
  }, [ref, element])
  return null
}
