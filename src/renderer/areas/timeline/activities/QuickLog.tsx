/** The bar that logs on a record: one press or one key opens the text, Ctrl+Enter saves it. */
import { ActionIcon, Button, Menu, Paper } from '@mantine/core'
import { IconDots, IconTemplate } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { api } from '../../../api'
import { draftKey } from '../../../app/drafts/key'
import { useDraftRequest } from '../../../app/drafts/useDraft'
import { useShortcuts } from '../../../app/keyboard'
import { useMay } from '../../../app/session'
import { type ShortcutName, shortcuts } from '../../../app/shortcuts'
import { type MenuButtonProps, MenuOnDemand } from '../../../ui/MenuOnDemand'
import { Composer } from './Composer'
import { type ActivityDraft, type Links, startDraft, withTemplate } from './draft'
import classes from './QuickLog.module.css'
import { iconOf, useWords } from './words'

const main: readonly { type: string; shortcut: ShortcutName }[] = [
  { type: 'call', shortcut: 'logCall' },
  { type: 'email', shortcut: 'logEmail' },
  { type: 'meeting', shortcut: 'logMeeting' },
  { type: 'note', shortcut: 'logNote' },
  { type: 'task', shortcut: 'logTask' },
]

export interface QuickLogProps {
  links: Links
  /** Name of the record. */
  about: string
}

export function QuickLog({ links, about }: QuickLogProps) {
  const mayWrite = useMay('write')
  const { types, typeLabel } = useWords()
  const templates = useQuery(api.activities.templates.list.queryOptions()).data ?? []
  const [draft, setDraft] = useState<ActivityDraft | null>(null)
  const create = useMutation(
    api.activities.create.mutationOptions({ meta: { showsProblem: true } }),
  )
  const open = (type: string) => setDraft(startDraft(type, new Date()))
  const bar = useRef<HTMLDivElement>(null)
  /** The text is gone: the focus goes back to its button, unless it is elsewhere by now. */
  const close = () => {
    setDraft(null)
    requestAnimationFrame(() => {
      if (document.activeElement !== document.body) return
      const button = bar.current?.querySelector<HTMLElement>(`[data-type="${draft?.type}"]`)
      ;(button ?? bar.current?.querySelector<HTMLElement>('button:last-of-type'))?.focus()
    })
  }
  const recordId = Object.values(links).find((id) => id !== null && id !== undefined) ?? null
  const form = draftKey('activity', recordId)
  useDraftRequest(
    (key) => mayWrite && key.startsWith(`${form}.`),
    (key) => open(key.slice(form.length + 1)),
  )
  useShortcuts(
    mayWrite
      ? Object.fromEntries(main.map(({ type, shortcut }) => [shortcut, () => open(type)]))
      : {},
  )
  if (!mayWrite) return null
  if (draft) {
    return (
      <Paper className={classes.open} withBorder radius="lg" p="sm" shadow="sm">
        <Composer
          // Another type or template starts over.
          key={`${draft.type} ${draft.description}`}
          keep={{
            key: draftKey(form, draft.type),
            title: `${typeLabel(draft.type)}: ${about}`,
            recordId,
          }}
          initial={draft}
          about={[links]}
          onClose={close}
          onSave={async (input, _, plan) => {
            await create.mutateAsync({ ...input, ...plan, ...links })
            close()
          }}
        />
      </Paper>
    )
  }
  const others = types.filter(
    ({ name, active }) => active && !main.some(({ type }) => type === name),
  )
  return (
    <div ref={bar} className={classes.bar} role="toolbar" aria-label="Log">
      {main.map(({ type, shortcut }) => {
        const Icon = iconOf(type)
        return (
          <Button
            key={type}
            data-type={type}
            variant="default"
            className={classes.button}
            leftSection={<Icon size={15} stroke={1.7} />}
            title={`${shortcuts[shortcut].label} (${shortcuts[shortcut].keys})`}
            aria-keyshortcuts={shortcuts[shortcut].keys}
            onClick={() => open(type)}
          >
            {typeLabel(type)}
          </Button>
        )
      })}
      <MenuOnDemand button={MoreButton} dropdown={{ mah: 420, style: { overflowY: 'auto' } }}>
        {templates.length > 0 && (
          <>
            <Menu.Label>Templates</Menu.Label>
            {templates.map((template) => (
              <Menu.Item
                key={template.id}
                leftSection={<IconTemplate size={15} />}
                onClick={() => {
                  const now = new Date()
                  setDraft(withTemplate(startDraft(template.type, now), template, now))
                }}
              >
                {template.name}
              </Menu.Item>
            ))}
            <Menu.Divider />
          </>
        )}
        {others.map(({ name, label }) => {
          const Icon = iconOf(name)
          return (
            <Menu.Item key={name} leftSection={<Icon size={15} />} onClick={() => open(name)}>
              {label}
            </Menu.Item>
          )
        })}
      </MenuOnDemand>
    </div>
  )
}

const MoreButton = (props: MenuButtonProps) => (
  <ActionIcon size={30} aria-label="More to log, and templates" flex="none" {...props}>
    <IconDots size={17} />
  </ActionIcon>
)
