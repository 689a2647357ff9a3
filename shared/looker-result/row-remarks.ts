import type { Remark } from '../report/remark.ts'
import { note, warning } from '../report/remark.ts'
import { countOf, quoteList } from '../text/text-list.ts'
import type { Column } from './columns.ts'
import { ROW_TOTAL_KEY } from './columns.ts'
import type { Visualization } from './visualization.ts'

/** Keys and columns named in a remark. */
const MOST_NAMES = 5

export function unannouncedRemark(unannounced: ReadonlyMap<string, number>): Remark[] {
  if (unannounced.size === 0) return []
  const cells = total(unannounced)
  const names = quoteList([...unannounced.keys()], MOST_NAMES)
  return [
    warning(
      'unannounced_cells',
      `Looker sent ${countOf(cells, 'value')} under ${names}, which it did not announce as columns; they were not imported. Compare the import with the Look.`,
      cells,
    ),
  ]
}

export function unfitRemark(unfit: ReadonlyMap<string, number>): Remark[] {
  return unfit.size === 0 ? [] : [unknownCells(unfit)]
}

/** @param cells by column name */
export function unknownCells(cells: ReadonlyMap<string, number>): Remark {
  const count = total(cells)
  return warning(
    'unknown_cells',
    `${countOf(count, 'cell')} of ${quoteList([...cells.keys()], MOST_NAMES)} came in a form that this server does not know and ${count === 1 ? 'was' : 'were'} not imported. Remove the column from the Look, or tell the person who runs the server.`,
    count,
  )
}

export function withoutCellsRemark(columns: readonly Column[]): Remark[] {
  const shown = columns.filter(({ hidden }) => !hidden)
  if (shown.length === 0) return []
  return [
    warning(
      'columns_without_cells',
      `Looker announced columns of which no row has a cell: ${quoteList(
        shown.map(({ name }) => name),
        MOST_NAMES,
      )}. Nothing was imported for them.`,
      shown.length,
    ),
  ]
}

/** A pivot value that is hidden and not in the result may have gone, or may be called otherwise there. */
export function lostPivotsRemark({ hiddenPivots }: Visualization, keys: ReadonlySet<string>): Remark[] {
  const lost = [...hiddenPivots.keys()].filter((key) => key !== ROW_TOTAL_KEY && !keys.has(key)).length
  if (lost === 0) return []
  return [
    note(
      'hidden_pivots_not_found',
      `${countOf(lost, 'pivot value')} that the visualization hides ${lost === 1 ? 'is' : 'are'} not in the result under that name.`,
      lost,
    ),
  ]
}

function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0)
}
