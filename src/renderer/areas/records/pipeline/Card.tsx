/** One lead on the board: what it is, what it is worth, and what it needs next. */
import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { IconDots } from '@tabler/icons-react'
import { memo, useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import type { Card } from '../../../../contract/records/pipeline'
import { recordPath } from '../../../app/records'
import { daysUntil, exactText, shortText } from '../../../ui/dates'
import { LightIcon } from '../../../ui/LightIcon'
import { MoneyText } from '../../../ui/MoneyText'
import { PriorityText } from '../../../ui/PriorityText'
import { SignalDot } from '../../../ui/SignalDot'
import { UserAvatar } from '../../../ui/UserAvatar'
import { useBoardActions } from './boardContext'
import classes from './Card.module.css'
import { isPressing, showsSignal, showsWhose, showsWorth } from './cardLayout'

/** More than these never have room. */
const shownTags = 4

export interface LeadCardProps {
  card: Card
  titleLines: 1 | 2
  draggable: boolean
  /** Fingers work the board: the menu has a button of its own. */
  touch: boolean
}

/**
 * Pointer and keys are followed by the board, for all its cards at once. Memoised by hand: the column's list of
 * cards is another one at each step of scrolling, its cards are the same.
 */
export const LeadCard = memo(function LeadCard({
  card,
  titleLines,
  draggable: mayDrag,
  touch,
}: LeadCardProps) {
  const { marks } = useBoardActions()
  const active = useStore(marks, (now) => now.active === card.id)
  const near = useStore(marks, ({ hovered, focused }) => hovered === card.id || focused === card.id)
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!element.current || !mayDrag) return
    return draggable({ element: element.current })
  }, [mayDrag])
  return (
    <div
      ref={element}
      className={classes.card}
      data-card={card.id}
      data-near={near || undefined}
      data-rotting={card.rotting || undefined}
      data-status={card.status}
    >
      <div className={classes.title} data-lines={titleLines}>
        <a
          href={`#${recordPath('lead', card.id)}`}
          draggable={false}
          tabIndex={active ? 0 : -1}
          title={titleLines === 2 ? card.title : undefined}
          aria-describedby={`facts-${card.id}`}
        >
          {card.title}
        </a>
      </div>
      <div id={`facts-${card.id}`}>
        {showsWhose(card) && (
          <div className={classes.whose}>
            <span className={classes.company}>{(card.company ?? card.contact)?.name}</span>
            {isPressing(card) && <PriorityText priority={card.priority} />}
          </div>
        )}
        {showsWorth(card) && (
          <div className={classes.worth}>
            {card.value && (
              <strong className={classes.value}>
                <MoneyText value={card.value} />
              </strong>
            )}
            {card.expectedCloseDate && <CloseDate card={card} date={card.expectedCloseDate} />}
            <span className={classes.owner}>
              <UserAvatar user={card.owner} size={20} />
            </span>
          </div>
        )}
        {card.rotting && <Quiet card={card} />}
        {showsSignal(card) && (
          <div className={classes.next}>
            {(card.status === 'open' || card.nextStepAt) && (
              <span className={classes.signal}>
                <SignalDot
                  signal={card.signal}
                  at={card.nextStepDay ?? card.nextStepAt}
                  size={12}
                />
              </span>
            )}
            <Tags tags={card.tags} />
          </div>
        )}
      </div>
      {near && <QuickActions card={card} active={active} />}
      {touch && (
        <button
          type="button"
          className={classes.more}
          data-menu
          tabIndex={-1}
          aria-label={`Actions for ${card.title}`}
          aria-haspopup="menu"
        >
          <IconDots size={16} stroke={1.8} aria-hidden />
        </button>
      )}
    </div>
  )
})

function CloseDate({ card, date }: { card: Card; date: string }) {
  const late = card.status === 'open' && daysUntil(date) < 0
  return (
    <time
      className={classes.close}
      dateTime={date}
      data-late={late || undefined}
      title={`Expected to close: ${exactText(date)}`}
    >
      <LightIcon name="calendar" size={12} stroke={1.8} />
      {shortText(date)}
      {late && <span className={classes.spoken}> (past)</span>}
    </time>
  )
}

function Quiet({ card }: { card: Card }) {
  const days = -daysUntil(latest(card.stageEnteredAt, card.lastActivityAt))
  return (
    <div className={classes.quiet}>
      <LightIcon name="hourglass" size={12} stroke={1.8} />
      quiet for {days} {days === 1 ? 'day' : 'days'}
    </div>
  )
}

function Tags({ tags }: { tags: readonly string[] }) {
  if (tags.length === 0) return null
  return (
    <span className={classes.tags} title={tags.join(', ')}>
      {tags.slice(0, shownTags).map((tag) => (
        <span key={tag} className={classes.tag}>
          {tag}
        </span>
      ))}
    </span>
  )
}

function QuickActions({ card, active }: { card: Card; active: boolean }) {
  const board = useBoardActions()
  const actions = board.actionsOf(card)
  return (
    <div className={classes.actions} role="toolbar" aria-label={`Quick actions for ${card.title}`}>
      {actions.map(({ id, label, icon: Icon, run }) => (
        <button
          key={id}
          type="button"
          className={classes.action}
          data-action={id}
          tabIndex={active ? 0 : -1}
          aria-label={label}
          title={label}
          onClick={run}
        >
          <Icon size={15} stroke={1.7} aria-hidden />
        </button>
      ))}
      <button
        type="button"
        className={classes.action}
        data-menu
        tabIndex={active ? 0 : -1}
        aria-label="More"
        aria-haspopup="menu"
        title="More"
      >
        <IconDots size={15} stroke={1.7} aria-hidden />
      </button>
    </div>
  )
}

/** The later of two instants in UTC. */
const latest = (one: string, other: string | null) =>
  other !== null && Date.parse(other) > Date.parse(one) ? other : one
