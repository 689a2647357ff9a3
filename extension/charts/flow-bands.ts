/** A ribbon from the rows received to what became of some of them. */
export type Band = {
  fromY: number
  fromHeight: number
  toY: number
  toHeight: number
  rowY: number
  rowHeight: number
}

export type FlowSizes = {
  /** Height of the bar that stands for all rows. */
  bar: number
  /** Every end has at least this much room for its words. */
  row: number
  /** A part that is not nothing is at least this thick. */
  thinnest: number
}

/**
 * Where the ribbons run: on the left next to each other in one bar, on the right each in a row of its own, in
 * the middle of it. Parts that are nothing get a row and no ribbon.
 */
export function flowBands(
  parts: readonly number[],
  { bar, row, thinnest }: FlowSizes,
): { bands: Band[]; height: number } {
  const total = parts.reduce((all, part) => all + part, 0)
  const wanted = parts.map((part) =>
    part === 0 || total === 0 ? 0 : Math.max((part / total) * bar, thinnest),
  )
  const largest = wanted.indexOf(Math.max(...wanted))
  const excess = wanted.reduce((all, part) => all + part, 0) - bar
  const thick = wanted.map((size, index) =>
    index === largest && excess > 0 ? Math.max(size - excess, thinnest) : size,
  )
  const rows = thick.map((size) => Math.max(size, row))
  const height = Math.max(
    bar,
    rows.reduce((all, size) => all + size, 0),
  )
  let fromY = (height - thick.reduce((all, size) => all + size, 0)) / 2
  let rowY = 0
  const bands = thick.map((size, index) => {
    const rowHeight = rows[index] ?? row
    const band = {
      fromY,
      fromHeight: size,
      toY: rowY + (rowHeight - size) / 2,
      toHeight: size,
      rowY,
      rowHeight,
    }
    fromY += size
    rowY += rowHeight
    return band
  })
  return { bands, height }
}

/** The outline of a ribbon over a plot that is `width` wide. */
export function bandPath({ fromY, fromHeight, toY, toHeight }: Band, width: number): string {
  const half = width / 2
  return `M0 ${fromY}C${half} ${fromY} ${half} ${toY} ${width} ${toY}V${toY + toHeight}C${half} ${toY + toHeight} ${half} ${fromY + fromHeight} 0 ${fromY + fromHeight}Z`
}
