/** The top of a record's page: what it is, its name, what matters most, what can be done. */
import {
  ActionIcon,
  Group,
  Menu,
  Text,
  TextInput,
  ThemeIcon,
  Title,
  UnstyledButton,
} from '@mantine/core'
import { IconArrowLeft, IconDots, IconTrash } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { fieldErrors, messageOf } from '../../app/problems'
import type { ShownRecord } from '../../app/recordParts'
import { kinds } from '../../app/records'
import { useMay } from '../../app/session'
import { type MenuButtonProps, MenuOnDemand } from '../MenuOnDemand'
import { useWindowTitle } from '../PageTitle'
import classes from './RecordHeader.module.css'
import { RecordParts } from './RecordParts'

export interface RecordHeaderProps {
  record: ShownRecord
  /** Saves another name, in place of the one before; without it it is edited among the facts. */
  rename?: (name: string, before: string) => Promise<unknown>
  /** Small things below the name: company, owner, last contact … */
  subtitle?: ReactNode
  /** Figures at the right of the name. */
  badges?: ReactNode
  /** Main buttons, after those that areas add. */
  actions?: ReactNode
  /** Further entries of the menu. */
  menu?: ReactNode
  remove?: () => void
  /** Below: a stage stepper and the like. */
  children?: ReactNode
}

export function RecordHeader(props: RecordHeaderProps) {
  const { record, rename, subtitle, badges, actions, menu, remove, children } = props
  const { kind, name } = record
  const mayWrite = useMay('write')
  useWindowTitle(name)
  const { icon: Icon, many, path } = kinds[kind]
  return (
    <header className={classes.header}>
      <div className={classes.row}>
        <ActionIcon
          component={Link}
          to={`/${path}` as string}
          aria-label={`All ${many}`}
          className={classes.back}
        >
          <IconArrowLeft size={18} stroke={1.7} />
        </ActionIcon>
        <ThemeIcon variant="light" size={38} radius="lg" className={classes.icon}>
          <Icon size={20} stroke={1.6} aria-hidden />
        </ThemeIcon>
        <div className={classes.naming}>
          <Group gap={10} wrap="nowrap" miw={0}>
            {rename && mayWrite ? (
              <Name name={name} rename={rename} />
            ) : (
              <Title order={1} className={classes.name}>
                {name}
              </Title>
            )}
            <span className={classes.badges}>{badges}</span>
          </Group>
          {subtitle && (
            <Text component="div" size="sm" c="dimmed" className={classes.subtitle}>
              {subtitle}
            </Text>
          )}
        </div>
        <div className={classes.actions}>
          <RecordParts place="actions" record={record} />
          {actions}
        </div>
        {mayWrite && (menu || remove) && (
          <MenuOnDemand button={MoreButton}>
            {menu}
            {remove && (
              <Menu.Item leftSection={<IconTrash size={15} />} onClick={remove}>
                Delete
              </Menu.Item>
            )}
            <RecordParts place="menu" record={record} />
          </MenuOnDemand>
        )}
      </div>
      {children}
    </header>
  )
}

const MoreButton = (props: MenuButtonProps) => (
  <ActionIcon size="lg" variant="default" aria-label="More" className={classes.menu} {...props}>
    <IconDots size={17} />
  </ActionIcon>
)

/** The name, edited in place. */
function Name({
  name,
  rename,
}: {
  name: string
  rename: (name: string, before: string) => Promise<unknown>
}) {
  const [draft, setDraft] = useState<string | null>(null)
  const [before, setBefore] = useState(name)
  const [error, setError] = useState<string | null>(null)
  const [saving, setSaving] = useState(false)
  if (draft === null) {
    return (
      <Title order={1} className={classes.name}>
        <UnstyledButton
          className={classes.rename}
          onClick={() => {
            setDraft(name)
            setBefore(name)
          }}
          aria-label={`${name}, rename`}
        >
          {name}
        </UnstyledButton>
      </Title>
    )
  }
  const save = async () => {
    if (saving) return
    if (draft.trim() === before) {
      setDraft(null)
      return
    }
    setSaving(true)
    try {
      await rename(draft, before)
      setDraft(null)
      setError(null)
    } catch (problem) {
      const [first] = Object.values(fieldErrors(problem, ['title', 'name']))
      setError(first ?? messageOf(problem))
    }
    setSaving(false)
  }
  return (
    <TextInput
      aria-label="Name"
      autoFocus
      className={classes.field}
      value={draft}
      error={error}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={() => void save()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') void save()
        if (event.key === 'Escape') {
          event.preventDefault()
          setDraft(null)
          setError(null)
        }
      }}
    />
  )
}
