/** What can be done with a lead from its card, by the stage it is in. */
import type { Icon } from '@tabler/icons-react'
import {
  IconArrowRight,
  IconCalendarPlus,
  IconFileInvoice,
  IconHeartHandshake,
  IconPhone,
  IconRotate,
  IconThumbDown,
  IconTrophy,
} from '@tabler/icons-react'
import type { Card, Stage } from '../../../../contract/records/pipeline'
import { shortcuts } from '../../../app/shortcuts'

export interface CardAction {
  id: string
  label: string
  icon: Icon
  /** Keys as in the keyboard map. */
  keys?: string
  run(): void
}

export interface CardDoings {
  move(card: Card, stageId: string): void
  logCall(card: Card): void
  schedule(card: Card): void
  quote(card: Card): void
  convert(card: Card): void
}

/** @param stages of the card's pipeline, in order */
export function actionsFor(
  card: Card,
  stages: readonly Stage[],
  doings: CardDoings,
): readonly CardAction[] {
  const stage = stages.find(({ id }) => id === card.stageId)
  if (!stage) return []
  const call: CardAction = {
    id: 'call',
    label: 'Log a call',
    icon: IconPhone,
    keys: shortcuts.logCall.keys,
    run: () => doings.logCall(card),
  }
  const schedule: CardAction = {
    id: 'schedule',
    label: 'Schedule the next step',
    icon: IconCalendarPlus,
    run: () => doings.schedule(card),
  }
  const moveTo = (target: Stage | undefined, id: string, label: string, icon: Icon) =>
    target ? [{ id, label, icon, run: () => doings.move(card, target.id) }] : []
  const open = stages.filter(({ kind }) => kind === 'open')
  if (stage.kind !== 'open') {
    const again = open.at(stage.kind === 'won' ? -1 : 0)
    const reopen = moveTo(again, 'reopen', `Reopen in ${again?.name}`, IconRotate)
    if (stage.kind === 'lost') return [call, schedule, ...reopen]
    const convert: CardAction = {
      id: 'convert',
      label: 'Make it a customer',
      icon: IconHeartHandshake,
      run: () => doings.convert(card),
    }
    return [convert, call, schedule, ...reopen]
  }
  const next = open[open.indexOf(stage) + 1]
  const won = stages.find(({ kind }) => kind === 'won')
  const lost = stages.find(({ kind }) => kind === 'lost')
  const quote: CardAction = {
    id: 'quote',
    label: 'New quote',
    icon: IconFileInvoice,
    run: () => doings.quote(card),
  }
  return [
    call,
    schedule,
    ...(next ? moveTo(next, 'next', `On to ${next.name}`, IconArrowRight) : [quote]),
    ...moveTo(won, 'won', 'Mark as won', IconTrophy),
    ...moveTo(lost, 'lost', 'Mark as lost', IconThumbDown),
  ]
}
