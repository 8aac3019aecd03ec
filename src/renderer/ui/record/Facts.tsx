/** A record's facts: click a value, change it, Enter saves, Esc leaves it as it was. */
import { IconPencil } from '@tabler/icons-react'
import { dequal } from 'dequal'
import { type ReactNode, useRef, useState } from 'react'
import { recordIn } from '../../app/clashes/edit'
import { draftKey } from '../../app/drafts/key'
import { useDraftRequest } from '../../app/drafts/useDraft'
import { useShortcuts } from '../../app/keyboard'
import { sayNotSaved } from '../../app/notSaved'
import { wasCalledOff } from '../../app/open-work/asking'
import { fieldErrors, messageOf } from '../../app/problems'
import { useMay } from '../../app/session'
import { FieldText } from '../FieldText'
import type { FieldValue } from '../fields'
import { repeatText } from '../when/repeat'
import { wallTimeText } from '../when/times'
import { FactField } from './FactField'
import classes from './Facts.module.css'
import { type Fact, patchOf } from './facts'

export interface FactsProps<Row> {
  /** Name of the record, for what is typed and not saved. */
  name?: string
  row: Row
  facts: readonly Fact<Row>[]
  /** Saves a patch with what it is based on; shows `expected` until the answer is there, and takes it back on a refusal. */
  save(patch: Record<string, unknown>, expected: Row): Promise<unknown>
  readOnly?: boolean
  /** Takes the key that edits the first fact. */
  withShortcut?: boolean
}

interface Editing<Row> {
  field: string
  value: FieldValue
  /** The record as it was when this began: others may change it meanwhile. */
  before: Row
  error?: string
}

export function Facts<Row extends { id: string }>(props: FactsProps<Row>) {
  const { row, facts, save, readOnly = false, withShortcut, name } = props
  const mayWrite = useMay('write') && !readOnly
  const [editing, setEditing] = useState<Editing<Row> | null>(null)
  const list = useRef<HTMLDListElement>(null)
  const start = (fact: Fact<Row>) =>
    setEditing({ field: fact.field, value: fact.value(row), before: row })
  const [first] = facts
  useShortcuts(withShortcut && mayWrite && first ? { editFacts: () => start(first) } : {})

  const keyOf = (fact: Fact<Row>) => draftKey('fact', row.id, fact.field)
  const factOf = (key: string) => facts.find((fact) => keyOf(fact) === key)
  useDraftRequest(
    (key) => mayWrite && factOf(key) !== undefined,
    (key) => {
      const fact = factOf(key)
      if (fact) start(fact)
    },
  )

  const submit = async (
    fact: Fact<Row>,
    value: FieldValue,
    { before, keepAgain }: { before: Row; keepAgain(): void },
  ) => {
    setEditing((now) => (now?.field === fact.field ? null : now))
    if (dequal(value, fact.value(before))) return
    const basedOn = patchOf(fact, fact.value(before))
    try {
      await save({ ...patchOf(fact, value), basedOn }, fact.apply(row, value))
    } catch (error) {
      if (wasCalledOff(error)) return backTo(fact.field)
      keepAgain()
      // The page was left meanwhile.
      if (!list.current) return sayNotSaved(error)
      const [name] = fact.field.split('.') as [string]
      const errors = fieldErrors(error, [name])
      setEditing({
        field: fact.field,
        value,
        before,
        error: errors[name] ?? errors[''] ?? messageOf(error),
      })
    }
  }
  const backTo = (field: string) =>
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-field="${CSS.escape(field)}"]`)?.focus(),
    )
  return (
    <dl ref={list} className={classes.facts}>
      {facts.map((fact) => (
        <div key={fact.field} className={classes.fact} data-long={isLong(fact) || undefined}>
          <dt className={classes.label}>{fact.label}</dt>
          <dd className={classes.value}>
            {editing?.field === fact.field ? (
              <FactField
                key={keyOf(fact)}
                keep={{
                  key: keyOf(fact),
                  title: name ? `${fact.label} of ${name}` : fact.label,
                  recordId: row.id,
                  basedOn: editing.before,
                }}
                stored={fact.value(row)}
                label={fact.label}
                editor={fact.editor}
                initial={editing.value}
                error={editing.error}
                onSave={(value, { began, keepAgain }) => {
                  void submit(fact, value, { before: recordIn(began, editing.before), keepAgain })
                  backTo(fact.field)
                }}
                onCancel={() => {
                  setEditing(null)
                  backTo(fact.field)
                }}
                onLeave={(value, typed) => {
                  if (value === undefined || !typed)
                    setEditing((now) => (now?.field === fact.field ? null : now))
                  else
                    void submit(fact, value, {
                      before: recordIn(typed.began, editing.before),
                      keepAgain: typed.keepAgain,
                    })
                }}
              />
            ) : (
              <Shown fact={fact} row={row} onEdit={mayWrite ? () => start(fact) : undefined} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

interface ShownProps<Row> {
  fact: Fact<Row>
  row: Row
  onEdit: (() => void) | undefined
}

function Shown<Row>({ fact, row, onEdit }: ShownProps<Row>) {
  const content = fact.show?.(row) ?? show(fact, row)
  const filled = content !== null && content !== ''
  const text = filled ? content : <span className={classes.nothing}>–</span>
  if (!onEdit) return <span className={classes.plain}>{text}</span>
  const linked = filled && ['email', 'phone', 'url', 'reference'].includes(fact.editor.type)
  if (!linked) {
    return (
      <button
        type="button"
        data-field={fact.field}
        className={classes.edit}
        onClick={onEdit}
        aria-label={`Edit ${fact.label}`}
      >
        <span className={classes.text}>{text}</span>
        <IconPencil size={13} className={classes.pencil} aria-hidden />
      </button>
    )
  }
  // A link keeps its own click; the pencil beside it edits.
  return (
    <span className={classes.linked}>
      <span className={classes.text}>{text}</span>
      <button
        type="button"
        data-field={fact.field}
        className={classes.pencilButton}
        onClick={onEdit}
        aria-label={`Edit ${fact.label}`}
      >
        <IconPencil size={13} aria-hidden />
      </button>
    </span>
  )
}

const isLong = <Row,>(fact: Fact<Row>) =>
  fact.editor.type === 'longText' || fact.editor.type === 'tags'

function show<Row>(fact: Fact<Row>, row: Row): ReactNode {
  const { editor } = fact
  const value = fact.value(row)
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return null
  switch (editor.type) {
    case 'when':
      return wallTimeText(String(value), new Date())
    case 'repeat':
      return capital(repeatText(String(value)))
    case 'suggest':
      return String(value)
    default: {
      const field = {
        kind: editor.type,
        choices: 'choices' in editor ? editor.choices : undefined,
        of: 'of' in editor ? editor.of : undefined,
      }
      return <FieldText field={field} value={value} dialled={fact.dialled?.(row)} />
    }
  }
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
