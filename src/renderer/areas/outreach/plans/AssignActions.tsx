/** The ways to a plan: from one record's page, from the selected rows of a list, from the cadence itself. */
import { Button } from '@mantine/core'
import { IconRoute, IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { Reference } from '../../../../contract/kernel/shapes'
import type { BulkActionProps } from '../../../app/bulkActions'
import type { ShownRecord } from '../../../app/recordParts'
import { countOf } from '../../../app/records'
import { useMay } from '../../../app/session'
import { AssignDialog } from './AssignDialog'
import type { Target } from './assignment'

type Assignable = ShownRecord<'lead' | 'contact' | 'company'>

/** On a record's header. For a company, each of its open leads gets one. */
export function StartCadence({ record }: { record: Assignable }) {
  const mayWrite = useMay('write') && !record.readOnly
  return mayWrite && <PlanSteps target={targetOf(record)} targetName={record.name} />
}

function targetOf({ kind, id }: Assignable): Target {
  switch (kind) {
    case 'lead':
      return { leadIds: [id] }
    case 'contact':
      return { contactIds: [id] }
    case 'company':
      return { companyIds: [id] }
  }
}

/** For the selected leads of the list. */
export function BulkAssign({ target, count, onDone }: BulkActionProps<'lead'>) {
  const mayWrite = useMay('write')
  return (
    mayWrite && (
      <PlanSteps
        target={'ids' in target ? { leadIds: target.ids } : { where: target.where }}
        targetName={countOf('lead', count)}
        onDone={onDone}
      />
    )
  )
}

interface PlanStepsProps {
  target: Target
  targetName: string
  onDone?: () => void
}

function PlanSteps(props: PlanStepsProps) {
  const [opened, setOpened] = useState(false)
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconRoute size={15} />}
        onClick={() => setOpened(true)}
      >
        Plan steps
      </Button>
      {opened && <AssignDialog {...props} onClose={() => setOpened(false)} />}
    </>
  )
}

/** On the page of an active cadence. */
export function AssignLeads({ cadence }: { cadence: Reference }) {
  const mayWrite = useMay('write')
  const [opened, setOpened] = useState(false)
  if (!mayWrite) return null
  return (
    <>
      <Button leftSection={<IconUserPlus size={16} />} onClick={() => setOpened(true)}>
        Assign leads
      </Button>
      {opened && <AssignDialog target={null} cadence={cadence} onClose={() => setOpened(false)} />}
    </>
  )
}
