/** The rows of a long list that are in sight, as TanStack Virtual finds them. */
import { useVirtualizer } from '@tanstack/react-virtual'

type Options<Scroller extends Element, Row extends Element> = Parameters<
  typeof useVirtualizer<Scroller, Row>
>[0]

/**
 * The virtualizer is always the same object and changes inside, which React Compiler cannot see. So
 * what a component draws from it comes from here, read again at each render; effects and events may
 * ask the virtualizer itself.
 */
export function useRowsInSight<Scroller extends Element, Row extends Element>(
  options: Options<Scroller, Row>,
) {
  'use no memo'
  const virtualizer = useVirtualizer<Scroller, Row>(options)
  return {
    virtualizer,
    items: virtualizer.getVirtualItems(),
    totalSize: virtualizer.getTotalSize(),
    /** Where every row begins and ends, also those out of sight. */
    places: virtualizer.measurementsCache,
  }
}
