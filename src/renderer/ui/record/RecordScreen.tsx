/** The page of one record, as all kinds have it: its header, its facts, and what is around them. */
import { type QueryKey, useMutation } from '@tanstack/react-query'
import { useApp } from '../../app/actions'
import type { ShownRecord } from '../../app/recordParts'
import { kinds } from '../../app/records'
import { Facts } from './Facts'
import type { Fact } from './facts'
import { RecordHeader, type RecordHeaderProps } from './RecordHeader'
import { RecordPage, type RecordPageProps } from './RecordPage'
import { useOptimisticUpdate } from './useOptimisticUpdate'

interface RecordRow {
  id: string
  deletedAt: string | null
}

export interface RecordScreenProps<Row extends RecordRow>
  extends Pick<RecordHeaderProps, 'subtitle' | 'badges' | 'actions' | 'menu' | 'children'>,
    Pick<RecordPageProps, 'tabs' | 'related' | 'relatedBelow'> {
  record: ShownRecord
  row: Row
  /** The field that its name on top is; without it the name is changed among the facts. */
  nameField?: 'name' | 'title'
  /** What drafts call it, where that is not its name. */
  draftName?: string
  facts: readonly Fact<Row>[]
  /** Key of the query that holds the row. */
  queryKey: QueryKey
  /** The procedures of its kind. */
  calls: {
    update(input: { id: string }): Promise<Row>
    remove(input: { id: string }): Promise<unknown>
    restore(input: { id: string }): Promise<unknown>
  }
}

export function RecordScreen<Row extends RecordRow>(props: RecordScreenProps<Row>) {
  const { record, row, nameField, draftName, facts, queryKey, calls } = props
  const { subtitle, badges, actions, menu, children, tabs, related, relatedBelow } = props
  const { id } = row
  const app = useApp()
  const save = useOptimisticUpdate<Row>(queryKey, (patch) => calls.update({ id, ...patch }))
  const remove = useMutation({
    mutationFn: () => calls.remove({ id }),
    onSuccess: () => app.goTo(`/${kinds[record.kind].path}`),
  })
  return (
    <RecordPage
      record={record}
      restore={() => calls.restore({ id })}
      header={
        <RecordHeader
          record={record}
          subtitle={subtitle}
          badges={badges}
          actions={actions}
          menu={menu}
          {...(nameField
            ? {
                rename: (name, before) =>
                  save(
                    { [nameField]: name, basedOn: { [nameField]: before } },
                    { ...row, [nameField]: name },
                  ),
              }
            : {})}
          remove={() => remove.mutate()}
        >
          {children}
        </RecordHeader>
      }
      facts={
        <Facts
          row={row}
          name={draftName ?? record.name}
          facts={facts}
          save={save}
          readOnly={row.deletedAt !== null}
          withShortcut
        />
      }
      related={related}
      relatedBelow={relatedBelow}
      {...(tabs ? { tabs } : {})}
    />
  )
}
