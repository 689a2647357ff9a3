import type { Remark } from '../report/remark.ts'
import { warning } from '../report/remark.ts'
import { countOf, quoteList } from '../text/text-list.ts'
import type { ShownRows, Visualization } from './visualization.ts'

const FILTER = 'Use a filter of the Look to leave rows out.'

/** Counts the rows that the visualization hides; they are imported, as every row must have an outcome. */
export type HiddenRows = {
  /** @param valueIn the value of a column in this row, undefined when the row has none */
  see: (valueIn: (name: string) => unknown) => void
  /** @param rows how many there were in all */
  remarks: (rows: number) => Remark[]
}

export function createHiddenRows({ hiddenIfNo, shownRows }: Visualization): HiddenRows {
  let hidden = 0
  const unclear = new Set<string>()

  return {
    see(valueIn) {
      let isHidden = false
      for (const name of hiddenIfNo) {
        const answer = answerOf(valueIn(name))
        if (answer === 'no') isHidden = true
        else if (answer === 'unclear') unclear.add(name)
      }
      if (isHidden) hidden += 1
    },
    remarks(rows) {
      if (rows === 0) return []
      return [
        ...(hidden > 0 ? [hiddenIfNoRemark(hidden)] : []),
        ...(unclear.size > 0 ? [unclearRemark([...unclear])] : []),
        ...remarksOfShownRows(shownRows, rows),
      ]
    },
  }
}

/** A yes/no column says "Yes" or "No", a calculated one true or false; null hides nothing that we know of. */
function answerOf(value: unknown): 'yes' | 'no' | 'unclear' {
  const text = typeof value === 'string' ? value.trim().toLowerCase() : value
  if (text === 'no' || text === false) return 'no'
  return text === 'yes' || text === true || text === null ? 'yes' : 'unclear'
}

function hiddenIfNoRemark(count: number): Remark {
  return warning(
    'hidden_rows_imported',
    `${countOf(count, 'row')} that the visualization hides ("Hide No's") ${count === 1 ? 'was' : 'were'} imported all the same. ${FILTER}`,
    count,
  )
}

function unclearRemark(names: string[]): Remark {
  return warning(
    'hidden_rows_imported',
    `The visualization hides rows by ${quoteList(names, 5)}, of which not every row has a Yes or No; hidden rows were imported all the same. ${FILTER}`,
  )
}

function remarksOfShownRows(shown: ShownRows | null, rows: number): Remark[] {
  if (shown === null) return []
  if (shown.kind === 'unknown') {
    return [
      warning(
        'hidden_rows_imported',
        `The visualization limits the rows it shows; all rows of the result were imported. ${FILTER}`,
      ),
    ]
  }
  const hidden = shown.kind === 'show' ? Math.max(0, rows - shown.rows) : Math.min(rows, shown.rows)
  if (hidden === 0) return []
  return [
    warning(
      'hidden_rows_imported',
      `The visualization limits the rows it shows; the ${countOf(hidden, 'row')} that it hides ${hidden === 1 ? 'was' : 'were'} imported all the same. ${FILTER}`,
      hidden,
    ),
  ]
}
