/** A list that is cut into tabs: its title, the tabs, and the button for a new one. */
import { Button, Tabs } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useApp } from '../../app/actions'
import { kinds } from '../../app/records'
import { useMay } from '../../app/session'
import { PageTitle } from '../PageTitle'
import { useNarrow } from '../useNarrow'
import classes from './TabbedPage.module.css'

export interface TabbedPageProps<Tab extends string> {
  kind: 'activity' | 'task' | 'reminder'
  tabs: readonly { value: Tab; label: string }[]
  shown: Tab
  onShow(tab: Tab): void
  children: ReactNode
}

export function TabbedPage<Tab extends string>(props: TabbedPageProps<Tab>) {
  const { kind, tabs, shown, onShow, children } = props
  const app = useApp()
  const narrow = useNarrow()
  const mayWrite = useMay('write')
  const { many, one } = kinds[kind]
  return (
    <Tabs
      className={classes.page}
      value={shown}
      onChange={(value) => {
        const tab = tabs.find((candidate) => candidate.value === value)
        if (tab) onShow(tab.value)
      }}
    >
      <div className={classes.bar}>
        <PageTitle title={many.charAt(0).toUpperCase() + many.slice(1)} className={classes.title} />
        <Tabs.List className={classes.tabs}>
          {tabs.map(({ value, label }) => (
            <Tabs.Tab key={value} value={value}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {mayWrite && (
          <Button
            className={classes.add}
            leftSection={<IconPlus size={15} />}
            onClick={() => app.create(kind)}
          >
            {narrow ? 'New' : `New ${one}`}
          </Button>
        )}
      </div>
      <Tabs.Panel value={shown} className={classes.panel}>
        {children}
      </Tabs.Panel>
    </Tabs>
  )
}
