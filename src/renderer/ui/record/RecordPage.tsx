/**
 * The frame of a record's page: facts left, timeline in the middle, related records right. What areas
 * add to pages of this kind (`app/recordParts.ts`) is in its header, its tabs and beside them.
 */
import { Alert, Button, Skeleton, Tabs } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconArrowBackUp, IconCloudOff, IconGhost2, IconTrash } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useApp } from '../../app/actions'
import { isMissing, messageOf } from '../../app/problems'
import type { ShownRecord } from '../../app/recordParts'
import { kinds, type PageKind } from '../../app/records'
import { useMay } from '../../app/session'
import { DateText } from '../DateText'
import { EmptyState } from '../EmptyState'
import { Later } from '../Later'
import { Segments } from '../Segments'
import { useNarrow } from '../useNarrow'
import classes from './RecordPage.module.css'
import { RecordParts, useRecordParts } from './RecordParts'

export interface RecordPageProps {
  record: ShownRecord
  header: ReactNode
  facts?: ReactNode
  /** The middle's first tabs, before those that areas add; the very first is open to begin with. */
  tabs?: readonly Tab[]
  /** Beside the middle, above what areas add there. */
  related?: ReactNode
  /** And below it. */
  relatedBelow?: ReactNode
  restore(): Promise<unknown>
}

export interface Tab {
  value: string
  label: string
  content: ReactNode
}

export function RecordPage(props: RecordPageProps) {
  const { record, header, facts, restore } = props
  const { kind, row } = record
  const tabs = useTabs(record, props.tabs)
  const related = useRelated(record, props)
  const narrow = useNarrow()
  const wide = useMediaQuery('(min-width: 80em)', true, { getInitialValueInEffect: false }) ?? true
  return (
    <article className={classes.page}>
      {row.deletedAt && <Trashed kind={kind} deletedAt={row.deletedAt} restore={restore} />}
      {header}
      {narrow ? (
        <Stacked facts={facts} tabs={tabs} related={related} />
      ) : (
        <div
          className={classes.columns}
          data-wide={(wide && related !== undefined) || undefined}
          data-single={facts === undefined || undefined}
        >
          {facts && (
            <div className={classes.side}>
              <section aria-label="Facts" className={classes.panel}>
                {facts}
              </section>
              {!wide && related && <div className={classes.panel}>{related}</div>}
            </div>
          )}
          <Tabs
            defaultValue={tabs[0]?.value ?? ''}
            className={classes.middle}
            classNames={{ panel: classes.tabPanel }}
          >
            {tabs.length > 1 && (
              <Tabs.List className={classes.tabList}>
                {tabs.map(({ value, label }) => (
                  <Tabs.Tab key={value} value={value}>
                    {label}
                  </Tabs.Tab>
                ))}
              </Tabs.List>
            )}
            {tabs.map(({ value, content }) => (
              <Tabs.Panel key={value} value={value}>
                {content}
              </Tabs.Panel>
            ))}
          </Tabs>
          {wide && related && (
            <div className={classes.side}>
              <div className={classes.panel}>{related}</div>
            </div>
          )}
        </div>
      )}
    </article>
  )
}

function useTabs(record: ShownRecord, own: readonly Tab[] = []): readonly Tab[] {
  const added = useRecordParts('tab', record).map(({ name, label = name, component: Content }) => ({
    value: name,
    label,
    content: <Content record={record} />,
  }))
  return [...own, ...added]
}

/** Undefined where nothing is related. */
function useRelated(
  record: ShownRecord,
  { related, relatedBelow }: Pick<RecordPageProps, 'related' | 'relatedBelow'>,
): ReactNode {
  const hasAdded = useRecordParts('related', record).length > 0
  if (!related && !relatedBelow && !hasAdded) return undefined
  return (
    <Later>
      {related}
      <RecordParts place="related" record={record} />
      {relatedBelow}
    </Later>
  )
}

interface StackedProps {
  facts: ReactNode
  tabs: readonly Tab[]
  related: ReactNode
}

/** One thing at a time, switched on top. */
function Stacked({ facts, tabs, related }: StackedProps) {
  const parts = [
    ...tabs.slice(0, 1),
    ...(facts
      ? [{ value: 'facts', label: 'Facts', content: <div className={classes.panel}>{facts}</div> }]
      : []),
    ...(related
      ? [
          {
            value: 'related',
            label: 'Related',
            content: <div className={classes.panel}>{related}</div>,
          },
        ]
      : []),
    ...tabs.slice(1),
  ]
  const [shown, setShown] = useState(parts[0]?.value ?? '')
  return (
    <>
      <div className={classes.switch}>
        <Segments wide label="Part of the page" value={shown} onChange={setShown} data={parts} />
      </div>
      {parts.find(({ value }) => value === shown)?.content}
    </>
  )
}

interface TrashedProps {
  kind: PageKind
  deletedAt: string
  restore(): Promise<unknown>
}

function Trashed({ kind, deletedAt, restore }: TrashedProps) {
  const mayWrite = useMay('write')
  const again = useMutation({ mutationFn: restore })
  return (
    <Alert color="amber" icon={<IconTrash size={18} />} radius={0} py={8}>
      This {kinds[kind].one} lies in the trash (<DateText value={deletedAt} />
      ).{' '}
      {mayWrite && (
        <Button
          variant="light"
          color="amber"
          ml="sm"
          leftSection={<IconArrowBackUp size={15} />}
          loading={again.isPending}
          onClick={() => again.mutate()}
        >
          Restore
        </Button>
      )}
    </Alert>
  )
}

export interface RecordQuery<Row> {
  data: Row | undefined
  error: unknown
  isError: boolean
  refetch(): unknown
}

/** Draws the page once the record is there; before, a skeleton of it; else why there is none. */
export function RecordGate<Row>({
  kind,
  query,
  children,
}: {
  kind: PageKind
  query: RecordQuery<Row>
  children: (row: Row) => ReactNode
}) {
  const app = useApp()
  if (query.data !== undefined) return children(query.data)
  if (!query.isError) {
    return (
      <section className={classes.page} aria-busy="true" aria-label="Loading">
        <div className={classes.waiting}>
          <Skeleton height={26} width={260} />
          <Skeleton height={16} width={180} />
        </div>
        <div className={classes.columns} data-wide>
          <Skeleton height={360} m="md" w="auto" />
          <Skeleton height={480} m="md" w="auto" />
          <Skeleton height={240} m="md" w="auto" />
        </div>
      </section>
    )
  }
  if (isMissing(query.error)) {
    return (
      <EmptyState
        icon={IconGhost2}
        title={`There is no such ${kinds[kind].one}`}
        text="It was deleted for good, or it belongs to somebody else."
      >
        <Button onClick={() => app.goTo(`/${kinds[kind].path}`)}>All {kinds[kind].many}</Button>
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={IconCloudOff} title="This page cannot be shown" text={messageOf(query.error)}>
      <Button onClick={() => query.refetch()}>Try again</Button>
    </EmptyState>
  )
}
