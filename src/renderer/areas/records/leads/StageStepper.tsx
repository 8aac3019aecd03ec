/** The stages of a lead's pipeline as steps: press one to move the lead there. */
import { Skeleton } from '@mantine/core'
import { IconCheck, IconTrophy, IconX } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { Lead } from '../../../../contract/records/leads'
import type { Stage } from '../../../../contract/records/pipeline'
import { api } from '../../../api'
import { draftKey } from '../../../app/drafts/key'
import { useDraftRequest } from '../../../app/drafts/useDraft'
import { useMay } from '../../../app/session'
import { daysUntil } from '../../../ui/dates'
import { ReasonDialog, type ReasonDialogProps } from '../../../ui/drafts/ReasonDialog'
import { LostReasonInput } from '../../../ui/LostReasonInput'
import classes from './StageStepper.module.css'

export function StageStepper({ lead }: { lead: Lead }) {
  const mayWrite = useMay('write') && lead.deletedAt === null
  const pipelines = useQuery(api.pipeline.list.queryOptions())
  const cache = useQueryClient()
  const move = useMutation(
    api.leads.moveStage.mutationOptions({
      // Pending until the lead is read again: the old stage does not come back in between.
      onSuccess: () =>
        cache.invalidateQueries({ queryKey: api.leads.get.key({ input: { id: lead.id } }) }),
    }),
  )
  const [losingTo, setLosingTo] = useState<Stage | null>(null)
  const firstLost = pipelines.data
    ?.flatMap((pipeline) => pipeline.stages)
    .find(({ kind, pipelineId }) => kind === 'lost' && pipelineId === lead.stage.pipelineId)
  useDraftRequest(
    (key) => key === draftKey('lost', lead.id) && firstLost !== undefined && lead.status !== 'lost',
    () => setLosingTo(firstLost ?? null),
  )
  const strip = useRef<HTMLDivElement>(null)
  const stages = pipelines.data?.find(({ id }) => id === lead.stage.pipelineId)?.stages
  // The stage moved to shows at once, while the core is still writing.
  const shownId = move.isPending ? move.variables.stageId : lead.stage.id
  useEffect(() => {
    const element = strip.current
    if (!element || !shownId) return
    // Told once the page is laid out: asked now, it would be laid out for this alone.
    const laidOut = new ResizeObserver(() => {
      laidOut.disconnect()
      element
        .querySelector('[aria-current]')
        ?.scrollIntoView({ block: 'nearest', inline: 'center' })
    })
    laidOut.observe(element)
    return () => laidOut.disconnect()
  }, [shownId])
  if (!stages) return <Skeleton height={30} mx="md" mb="sm" w="auto" />
  const at = stages.findIndex(({ id }) => id === shownId)
  const days = -daysUntil(lead.stageEnteredAt)
  const go = (stage: Stage) => {
    if (stage.id === lead.stage.id) return
    if (stage.kind === 'lost') setLosingTo(stage)
    else move.mutate({ id: lead.id, stageId: stage.id })
  }
  return (
    <div ref={strip} className={classes.steps}>
      {stages.map((stage, index) => {
        const current = index === at
        return (
          <button
            key={stage.id}
            type="button"
            className={classes.step}
            data-kind={stage.kind}
            data-passed={(stage.kind === 'open' && index < at) || undefined}
            aria-current={current ? 'step' : undefined}
            disabled={!mayWrite}
            style={{ '--stage': stage.color }}
            onClick={() => go(stage)}
          >
            <StepIcon stage={stage} passed={index < at} />
            <span className={classes.name}>{stage.name}</span>
            {current && days > 0 && <span className={classes.days}>{days} d</span>}
          </button>
        )
      })}
      {losingTo && (
        <LostDialog
          leadId={lead.id}
          title={`Move “${lead.title}” to ${losingTo.name}`}
          busy={move.isPending}
          onClose={() => setLosingTo(null)}
          onGive={(lostReason, keepAgain) =>
            move
              .mutateAsync({
                id: lead.id,
                stageId: losingTo.id,
                ...(lostReason ? { lostReason } : {}),
              })
              .then(() => setLosingTo(null), keepAgain)
          }
        />
      )}
    </div>
  )
}

function StepIcon({ stage, passed }: { stage: Stage; passed: boolean }) {
  if (stage.kind === 'won') return <IconTrophy size={14} stroke={1.8} aria-hidden />
  if (stage.kind === 'lost') return <IconX size={14} stroke={2} aria-hidden />
  if (passed) return <IconCheck size={14} stroke={2.2} aria-hidden />
  return <span className={classes.dot} aria-hidden />
}

export interface LostDialogProps
  extends Pick<ReasonDialogProps, 'title' | 'busy' | 'onClose' | 'onGive'> {
  leadId: string
}

/** Asks why, before a lead becomes lost. */
export function LostDialog({ leadId, ...rest }: LostDialogProps) {
  return (
    <ReasonDialog
      {...rest}
      // From the board too: the lead's page asks for it again.
      draftOf={{
        key: draftKey('lost', leadId),
        place: { path: `/leads/${leadId}` },
        recordId: leadId,
      }}
      action="Lost"
      input={(reason, onChange) => <LostReasonInput value={reason} onChange={onChange} />}
    />
  )
}
