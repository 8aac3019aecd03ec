import { expect, test, vi } from 'vitest'
import type { Card, Stage } from '../../../../contract/records/pipeline'
import { actionsFor, type CardDoings } from './cardActions'

const stages = [
  stageOf('New', 'open'),
  stageOf('Proposal', 'open'),
  stageOf('Won', 'won'),
  stageOf('Lost', 'lost'),
]

test('a lead in an early stage can move to the next one, be won or be lost', () => {
  expect(labels('New')).toEqual([
    'Log a call',
    'Schedule the next step',
    'On to Proposal',
    'Mark as won',
    'Mark as lost',
  ])
})

test('in the last open stage a quote takes the place of the next stage', () => {
  expect(labels('Proposal')).toContain('New quote')
  expect(labels('Proposal')).not.toContain('On to Won')
})

test('a won lead becomes a customer, or is opened again where it was nearest to being won', () => {
  expect(labels('Won')).toEqual([
    'Make it a customer',
    'Log a call',
    'Schedule the next step',
    'Reopen in Proposal',
  ])
})

test('a lost lead starts over at the first stage', () => {
  expect(labels('Lost')).toContain('Reopen in New')
})

test('a pipeline without a lost stage does not offer it', () => {
  const open = stages.filter(({ kind }) => kind !== 'lost')
  expect(actionsFor(cardIn('New'), open, doings()).map(({ label }) => label)).not.toContain(
    'Mark as lost',
  )
})

test('an action moves the card to the stage it names', () => {
  const did = doings()
  actionsFor(cardIn('New'), stages, did)
    .find(({ id }) => id === 'won')
    ?.run()
  expect(did.move).toHaveBeenCalledWith(cardIn('New'), 'Won')
})

// Details ----------------------------------------------------------------------------------------

const labels = (stage: string) =>
  actionsFor(cardIn(stage), stages, doings()).map(({ label }) => label)

function doings(): CardDoings {
  return {
    move: vi.fn<CardDoings['move']>(),
    logCall: vi.fn<CardDoings['logCall']>(),
    schedule: vi.fn<CardDoings['schedule']>(),
    quote: vi.fn<CardDoings['quote']>(),
    convert: vi.fn<CardDoings['convert']>(),
  }
}

function stageOf(name: string, kind: Stage['kind']): Stage {
  return {
    id: name,
    pipelineId: 'sales',
    name,
    color: '#868e96',
    kind,
    probability: 50,
    rottingDays: null,
    position: 0,
    leads: 1,
  }
}

function cardIn(stageId: string): Card {
  return {
    id: 'lead',
    title: 'Warehouse scanners',
    company: null,
    contact: null,
    owner: null,
    value: null,
    effectiveProbability: 50,
    expectedCloseDate: null,
    priority: 'medium',
    tags: [],
    status: 'open',
    signal: 'none',
    rotting: false,
    nextStepAt: null,
    nextStepDay: null,
    lastActivityAt: null,
    stageEnteredAt: '2026-11-20T09:30:00.000Z',
    stageId,
  }
}
