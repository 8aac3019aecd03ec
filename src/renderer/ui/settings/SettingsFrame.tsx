/** What is around every section of the settings: the list of sections beside it, title, actions. */
import { ActionIcon, Group, Stack, Text, Title } from '@mantine/core'
import { IconChevronLeft } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { PageTitle } from '../PageTitle'
import { useNarrow } from '../useNarrow'
import { SectionList } from './SectionList'
import classes from './SettingsFrame.module.css'

export interface SettingsFrameProps {
  title: string
  /** One sentence on what is set here. */
  text?: ReactNode
  /** Buttons beside the title. */
  actions?: ReactNode
  /** Where the way back leads; by default to the list of sections. */
  back?: { to: string; label: string }
  children: ReactNode
}

export function SettingsFrame({ title, text, actions, back, children }: SettingsFrameProps) {
  const narrow = useNarrow()
  const way = back ?? (narrow ? { to: '/settings', label: 'All settings' } : undefined)
  return (
    <div className={classes.frame}>
      <aside className={classes.sections}>
        <SectionList />
      </aside>
      <section className={classes.content} aria-label={title}>
        <Group justify="space-between" align="flex-start" gap="sm">
          <Group gap={6} wrap="nowrap" align="flex-start" miw={0} flex="1 1 260px">
            {way && (
              <ActionIcon
                renderRoot={(props) => <Link to={way.to} {...props} />}
                aria-label={way.label}
                mt={-2}
              >
                <IconChevronLeft size={20} stroke={1.8} />
              </ActionIcon>
            )}
            <Stack gap={2} miw={0}>
              <PageTitle title={title} />
              {text && (
                <Text size="sm" c="dimmed" maw={620}>
                  {text}
                </Text>
              )}
            </Stack>
          </Group>
          {actions && (
            <Group gap={8} wrap="nowrap">
              {actions}
            </Group>
          )}
        </Group>
        {children}
      </section>
    </div>
  )
}

export interface SettingsCardProps {
  title?: string
  text?: ReactNode
  actions?: ReactNode
  /** Without padding, for tables and lists that reach the edge. */
  flush?: boolean
  children?: ReactNode
}

/** One group of settings. */
export function SettingsCard({ title, text, actions, flush = false, children }: SettingsCardProps) {
  const heading = (title || actions) && (
    <Group justify="space-between" align="flex-start" gap="sm" px={flush ? 18 : 0}>
      <Stack gap={2} miw={0} flex="1 1 220px">
        {title && <Title order={2}>{title}</Title>}
        {text && (
          <Text size="sm" c="dimmed">
            {text}
          </Text>
        )}
      </Stack>
      {actions}
    </Group>
  )
  return (
    <section
      className={flush ? `${classes.card} ${classes.flush}` : classes.card}
      aria-label={title}
    >
      <Stack gap="md" pt={flush && heading ? 14 : 0}>
        {heading}
        {children}
      </Stack>
    </section>
  )
}
