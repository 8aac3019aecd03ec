/** The list of places on the left; folds to icons, and stays as it was left. */
import { ActionIcon } from '@mantine/core'
import { useLocalStorage, useMediaQuery } from '@mantine/hooks'
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Suspense } from 'react'
import { TooltipOnDemand } from '../ui/TooltipOnDemand'
import type { NavigationEntry } from './area'
import { Logo } from './Logo'
import classes from './Navigation.module.css'
import { useNavigationEntries } from './useNavigationEntries'

export function Navigation() {
  const tight = useMediaQuery('(max-width: 64em)', false, { getInitialValueInEffect: false })
  const [chosen, setFolded] = useLocalStorage({
    key: 'rapport.navigation.folded',
    defaultValue: false,
    getInitialValueInEffect: false,
  })
  // On a tablet the room goes to the page.
  const folded = chosen || tight
  const { main, more } = useNavigationEntries()
  return (
    <nav className={classes.navigation} data-folded={folded || undefined} aria-label="Places">
      <Link to={'/' as string} className={classes.brand} aria-label="Rapport, start">
        <Logo size={26} />
        <span className={classes.label}>Rapport</span>
      </Link>
      <ul className={classes.list}>
        {main.map((entry) => (
          <Place key={entry.to} entry={entry} folded={folded} />
        ))}
      </ul>
      <hr className={classes.line} />
      <ul className={classes.list}>
        {more.map((entry) => (
          <Place key={entry.to} entry={entry} folded={folded} />
        ))}
      </ul>
      {!tight && (
        <ActionIcon
          className={classes.fold}
          onClick={() => setFolded(!folded)}
          aria-label={folded ? 'Expand the navigation' : 'Collapse the navigation'}
          aria-expanded={!folded}
        >
          {folded ? (
            <IconLayoutSidebarLeftExpand size={18} stroke={1.6} />
          ) : (
            <IconLayoutSidebarLeftCollapse size={18} stroke={1.6} />
          )}
        </ActionIcon>
      )}
    </nav>
  )
}

function Place({ entry, folded }: { entry: NavigationEntry; folded: boolean }) {
  const { icon: Icon, label, to, badge: Badge } = entry
  return (
    <li>
      <TooltipOnDemand label={label} position="right" disabled={!folded}>
        <Link
          to={to}
          className={classes.place}
          activeProps={{ 'data-active': true, 'aria-current': 'page' }}
          aria-label={folded ? label : undefined}
        >
          <Icon size={19} stroke={1.6} aria-hidden />
          <span className={classes.label}>{label}</span>
          {Badge && (
            <Suspense fallback={null}>
              <span className={classes.badge}>
                <Badge />
              </span>
            </Suspense>
          )}
        </Link>
      </TooltipOnDemand>
    </li>
  )
}
