/** Forms that were put aside with something typed in them: one press opens them again. */
import { ActionIcon, Button, Modal, Stack, Text, Tooltip, UnstyledButton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPencil, IconX } from '@tabler/icons-react'
import { useStore } from 'zustand'
import type { Draft } from '../../../contract/workspace/drafts'
import { DateText } from '../../ui/DateText'
import { EmptyState } from '../../ui/EmptyState'
import { useNarrow } from '../../ui/useNarrow'
import { useApp } from '../actions'
import classes from './DraftBar.module.css'
import { drafts } from './drafts'
import { parkedOf } from './keeper'
import { offerBack } from './useDraft'

/** As many as fit beside each other; the others are in the list. */
const appearsAfter = 250
const mostShown = { wide: 3, narrow: 1 }

export interface DraftBarProps {
  listOpened: boolean
  onList(opened: boolean): void
}

export function DraftBar({ listOpened, onList }: DraftBarProps) {
  const app = useApp()
  const narrow = useNarrow()
  const stored = useStore(drafts.store, (state) => state.drafts)
  const inHand = useStore(drafts.store, (state) => state.inHand)
  const parked = parkedOf({ drafts: stored, inHand, ready: true, requested: null })
  // A form that opens with its page takes its draft before a line for it would show.
  const [resting] = useDebouncedValue(parked, appearsAfter)
  const shown = parked
    .filter((draft) => resting.some(({ key }) => key === draft.key))
    .slice(0, narrow ? mostShown.narrow : mostShown.wide)
  const others = shown.length > 0 ? parked.length - shown.length : 0
  const discard = ({ key }: Draft) => {
    const gone = drafts.drop(key)
    if (gone) offerBack(gone, app.openDraft)
  }
  return (
    <>
      {shown.length > 0 && (
        <section className={classes.bar} aria-label="Drafts" data-draft-bar>
          {shown.map((draft) => (
            <div key={draft.key} className={classes.chip}>
              <UnstyledButton
                className={classes.open}
                aria-label={`Continue ${draft.title}`}
                title={draft.title}
                onClick={() => app.openDraft(draft)}
              >
                <IconPencil size={14} stroke={1.7} aria-hidden />
                <span className={classes.title}>{draft.title}</span>
              </UnstyledButton>
              <ActionIcon
                size="sm"
                aria-label={`Discard ${draft.title}`}
                onClick={() => discard(draft)}
              >
                <IconX size={13} />
              </ActionIcon>
            </div>
          ))}
          {others > 0 && (
            <Button
              variant="subtle"
              color="gray"
              size="compact-sm"
              flex="none"
              onClick={() => onList(true)}
            >
              {others} more
            </Button>
          )}
        </section>
      )}
      <Modal
        opened={listOpened}
        onClose={() => onList(false)}
        title="Drafts"
        fullScreen={narrow}
        zIndex={201}
      >
        {parked.length === 0 ? (
          <EmptyState
            icon={IconPencil}
            size="sm"
            title="No drafts"
            text="When you leave a form before saving it, what you typed is kept here for 30 days."
          />
        ) : (
          <Stack gap={4} component="ul" className={classes.list}>
            {parked.map((draft) => (
              <li key={draft.key} className={classes.row}>
                <UnstyledButton
                  className={classes.rowOpen}
                  onClick={() => {
                    onList(false)
                    app.openDraft(draft)
                  }}
                >
                  <Text size="sm" fw={550} truncate>
                    {draft.title}
                  </Text>
                  <Text size="xs" c="dimmed">
                    <DateText value={draft.savedAt} />
                  </Text>
                </UnstyledButton>
                <Tooltip label="Discard">
                  <ActionIcon aria-label={`Discard ${draft.title}`} onClick={() => discard(draft)}>
                    <IconX size={15} />
                  </ActionIcon>
                </Tooltip>
              </li>
            ))}
          </Stack>
        )}
      </Modal>
    </>
  )
}
