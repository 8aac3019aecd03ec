/** Everything that can be done with a card, at the pointer: its actions, and every stage to move it to. */
import { Menu } from '@mantine/core'
import {
  IconArrowBarToDown,
  IconArrowBarToUp,
  IconExternalLink,
  IconStairs,
  IconTrash,
} from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { Card } from '../../../../contract/records/pipeline'
import { api } from '../../../api'
import { Keys } from '../../../app/Keys'
import { useMay } from '../../../app/session'
import { type Board, columnOf } from './board'
import { useBoardActions } from './boardContext'
import classes from './CardMenu.module.css'

export interface CardMenuProps {
  card: Card
  at: { x: number; y: number }
  board: Board
  /** Cards have an order of their own. */
  arranges: boolean
  onClose(): void
}

export function CardMenu({ card, at, board, arranges, onClose }: CardMenuProps) {
  const { actionsOf, move, open } = useBoardActions()
  const mayWrite = useMay('write')
  const pipelines = useQuery(api.pipeline.list.queryOptions()).data ?? []
  const remove = useMutation(api.leads.remove.mutationOptions())
  const others = pipelines.filter(({ id }) => id !== board.pipeline.id)
  const { cards, nextCursor } = columnOf(board, card.stageId)
  const first = cards[0]
  const last = cards.at(-1)
  return (
    <Menu
      opened
      onClose={onClose}
      position="bottom-start"
      width={236}
      // Near the edge it slides along rather than out of sight.
      floatingStrategy="fixed"
      middlewares={{ flip: false, shift: { crossAxis: true, padding: 8 } }}
      trapFocus
      returnFocus
      withinPortal
    >
      <Menu.Target>
        <span className={classes.anchor} style={{ left: at.x, top: at.y }} />
      </Menu.Target>
      <Menu.Dropdown aria-label={card.title} className={classes.menu}>
        <Menu.Item leftSection={<IconExternalLink size={15} />} onClick={() => open(card)}>
          Open
        </Menu.Item>
        {mayWrite &&
          actionsOf(card)
            .filter(({ id }) => !moves.has(id))
            .map(({ id, label, icon: Icon, keys, run }) => (
              <Menu.Item
                key={id}
                leftSection={<Icon size={15} stroke={1.7} />}
                rightSection={keys && <Keys keys={keys} />}
                onClick={run}
              >
                {label}
              </Menu.Item>
            ))}
        {mayWrite && (
          <>
            <Menu.Divider />
            <Menu.Label>Move to</Menu.Label>
            {board.pipeline.stages.map((stage) => (
              <Menu.Item
                key={stage.id}
                disabled={stage.id === card.stageId}
                leftSection={<Dot color={stage.color} />}
                onClick={() => move(card, stage.id)}
              >
                {stage.name}
              </Menu.Item>
            ))}
            {others.map((pipeline) => (
              <Menu.Sub key={pipeline.id} position="right-start">
                <Menu.Sub.Target>
                  <Menu.Sub.Item leftSection={<IconStairs size={15} />}>
                    {pipeline.name}
                  </Menu.Sub.Item>
                </Menu.Sub.Target>
                <Menu.Sub.Dropdown>
                  {pipeline.stages.map((stage) => (
                    <Menu.Item
                      key={stage.id}
                      leftSection={<Dot color={stage.color} />}
                      onClick={() => move(card, stage.id)}
                    >
                      {stage.name}
                    </Menu.Item>
                  ))}
                </Menu.Sub.Dropdown>
              </Menu.Sub>
            ))}
            <Menu.Divider />
            {arranges && first && first.id !== card.id && (
              <Menu.Item
                leftSection={<IconArrowBarToUp size={15} />}
                onClick={() => move(card, card.stageId, { beforeId: first.id })}
              >
                To the top
              </Menu.Item>
            )}
            {arranges && last && last.id !== card.id && nextCursor === null && (
              <Menu.Item
                leftSection={<IconArrowBarToDown size={15} />}
                onClick={() => move(card, card.stageId, { afterId: last.id })}
              >
                To the bottom
              </Menu.Item>
            )}
            <Menu.Item
              leftSection={<IconTrash size={15} />}
              onClick={() => remove.mutate({ id: card.id })}
            >
              Delete
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

/** Actions that the list of stages says too. */
const moves = new Set(['next', 'won', 'lost', 'reopen'])

function Dot({ color }: { color: string }) {
  return <span className={classes.dot} style={{ background: color }} aria-hidden />
}
