/** The rows of a list as cards, for a phone. */
import { Checkbox, Loader, VisuallyHidden } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { recordPath } from '../../app/records'
import { useRowsInSight } from '../useRowsInSight'
import classes from './Cards.module.css'
import type { ListRow } from './definition'
import { isSelected } from './selection'
import type { RowsProps } from './Table'

const usualHeight = 92
const ahead = 10

export function Cards<Row extends ListRow>(props: RowsProps<Row>) {
  const { definition, rows, active, selection, select, scroller, loadMore } = props
  const { virtualizer, items, totalSize } = useRowsInSight({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => usualHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 6,
  })
  const last = items.at(-1)?.index ?? -1
  useEffect(() => {
    if (last >= rows.length - ahead) loadMore()
  }, [last, rows.length, loadMore])
  return (
    <div ref={scroller} className={classes.scroller}>
      <ul className={classes.cards} style={{ height: totalSize }}>
        {items.map((item) => {
          const row = rows[item.index]
          if (!row) return null
          const name = definition.nameOf(row)
          const selected = isSelected(selection, row.id)
          return (
            <li
              key={row.id}
              ref={virtualizer.measureElement}
              data-index={item.index}
              className={classes.slot}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <div
                className={classes.card}
                data-selected={selected || undefined}
                data-active={item.index === active || undefined}
              >
                <Link
                  to={recordPath(definition.kind, row.id) as string}
                  className={classes.link}
                  onClick={(event) => {
                    event.preventDefault()
                    props.open(row)
                  }}
                >
                  <span className={classes.name}>{name}</span>
                  {definition.renderCard(row)}
                </Link>
                <label className={classes.check} htmlFor={`select-${row.id}`}>
                  <VisuallyHidden>Select {name}</VisuallyHidden>
                  <Checkbox
                    id={`select-${row.id}`}
                    size="sm"
                    checked={selected}
                    onChange={(event) => select([row.id], event.currentTarget.checked)}
                  />
                </label>
              </div>
            </li>
          )
        })}
      </ul>
      {props.isLoadingMore && (
        <div className={classes.more}>
          <Loader size="xs" type="dots" aria-label="Loading more" />
        </div>
      )}
    </div>
  )
}
