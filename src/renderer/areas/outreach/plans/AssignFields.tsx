/** What is filled in for new plans: the cadence or the steps, the leads, the start and who works them. */
import { TextInput } from '@mantine/core'
import type { Cadence } from '../../../../contract/outreach/cadences'
import { useMay } from '../../../app/session'
import { ReferencePicker } from '../../../ui/ReferencePicker'
import { ReferencesPicker } from '../../../ui/ReferencesPicker'
import { SearchSelect } from '../../../ui/SearchSelect'
import { WallTimeField } from '../../../ui/when/WallTimeField'
import classes from './AssignDialog.module.css'
import type { Written } from './assignment'
import { OwnStepsFields } from './OwnStepsFields'
import { faultsOf } from './ownSteps'

interface AssignFieldsProps {
  written: Written
  today: string
  /** The cadences to choose from; undefined where it is given. */
  cadences: Cadence[] | undefined
  /** Whether the leads are asked for. */
  asksForLeads: boolean
  onChange(part: Partial<Written>): void
}

export function AssignFields(props: AssignFieldsProps) {
  const { written, today, cadences, asksForLeads, onChange } = props
  const { kind, chosen, name, steps, leadIds, begin, user } = written
  const mayGiveToOthers = useMay('configure')
  return (
    <>
      {kind === 'own' && (
        <OwnStepsFields
          steps={steps}
          faults={faultsOf(steps, today)}
          today={today}
          onChange={(next) => onChange({ steps: next })}
        />
      )}
      <div className={classes.fields}>
        {kind === 'own' && (
          <TextInput
            label="Name"
            placeholder="Own plan"
            maxLength={120}
            value={name}
            className={classes.wide}
            onChange={(event) => onChange({ name: event.currentTarget.value })}
          />
        )}
        {kind === 'cadence' && cadences && (
          <SearchSelect
            label="Cadence"
            placeholder="Choose a cadence"
            data-autofocus
            data={cadences.map(({ id, name }) => ({ value: id, label: name }))}
            value={chosen}
            onChange={(next) => onChange({ chosen: next })}
            nothingFoundMessage="No active cadence of this name"
            className={classes.wide}
          />
        )}
        {asksForLeads && (
          <div className={classes.wide}>
            <ReferencesPicker
              of="lead"
              label="Leads"
              value={leadIds}
              onChange={(next) => onChange({ leadIds: next })}
            />
          </div>
        )}
        {kind === 'cadence' && (
          <WallTimeField
            label="Begins (now, where left empty)"
            value={begin}
            onChange={(next) => onChange({ begin: next })}
            needsTime
          />
        )}
        {mayGiveToOthers && (
          <div className={classes.user}>
            <ReferencePicker
              of="user"
              label="Worked by"
              placeholder="Each lead's owner"
              value={user}
              onChange={(next) => onChange({ user: next })}
            />
          </div>
        )}
      </div>
    </>
  )
}
