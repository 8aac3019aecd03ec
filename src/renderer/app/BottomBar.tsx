/** The places of a phone: four within reach of the thumb, the others behind More. */
import { Drawer, UnstyledButton } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { useOnDemand } from '../ui/useOnDemand'
import classes from './BottomBar.module.css'
import { useNavigationEntries } from './useNavigationEntries'

export function BottomBar() {
  const [opened, setOpened] = useState(false)
  const drawer = useOnDemand(opened)
  const { main, more, onPhone } = useNavigationEntries()
  const others = [...main, ...more].filter((entry) => !onPhone.includes(entry))
  return (
    <nav className={classes.bar} aria-label="Places">
      {onPhone.map(({ to, label, icon: Icon, badge: Badge }) => (
        <Link
          key={to}
          to={to}
          className={classes.place}
          activeProps={{ 'data-active': true, 'aria-current': 'page' }}
        >
          <Icon size={22} stroke={1.6} aria-hidden />
          {label}
          {Badge && (
            <Suspense fallback={null}>
              <span className={classes.badge}>
                <Badge />
              </span>
            </Suspense>
          )}
        </Link>
      ))}
      <UnstyledButton
        className={classes.place}
        onClick={() => setOpened(true)}
        aria-haspopup="dialog"
        aria-expanded={opened}
      >
        <IconDots size={22} stroke={1.6} aria-hidden />
        More
      </UnstyledButton>
      {drawer.mounted && (
        <Drawer
          opened={drawer.opened}
          onClose={() => setOpened(false)}
          position="bottom"
          size={300}
          title="More places"
        >
          <ul className={classes.others}>
            {others.map(({ to, label, icon: Icon }) => (
              <li key={to}>
                <Link
                  to={to}
                  className={classes.other}
                  onClick={() => setOpened(false)}
                  activeProps={{ 'data-active': true, 'aria-current': 'page' }}
                >
                  <Icon size={22} stroke={1.6} aria-hidden />
                  {label}
                </Link>
              </li>
            ))}
          </ul>
        </Drawer>
      )}
    </nav>
  )
}
