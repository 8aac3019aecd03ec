/** The list of sections: beside every section, and by itself on a phone. */
import { Link, useRouterState } from '@tanstack/react-router'
import { settingsGroups } from '../../app/settingsSections'
import classes from './SettingsFrame.module.css'

export function SectionList() {
  const path = useRouterState({ select: (state) => state.location.pathname })
  return (
    <>
      {settingsGroups.map((group) => (
        <nav key={group.label} aria-label={`Settings: ${group.label}`}>
          <span className={classes.groupLabel} aria-hidden>
            {group.label}
          </span>
          <ul className={classes.group}>
            {group.sections.map(({ to, label, text, icon: Icon, also }) => (
              <li key={to}>
                <Link
                  to={to}
                  className={classes.section}
                  {...(path === to || path.startsWith(`${to}/`) || path === also
                    ? { 'data-active': true, 'aria-current': 'page' }
                    : {})}
                >
                  <Icon size={19} stroke={1.6} aria-hidden />
                  <span>
                    {label}
                    <span className={classes.text}>{text}</span>
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      ))}
    </>
  )
}
