/** Lines of text with aligned columns. @param left the columns that stand to the left; the others are numbers */
export function formatTable(rows: readonly (readonly string[])[], left: readonly number[]): string {
  const columns = rows[0]?.map((_, column) => column) ?? []
  const widths = columns.map((column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)))
  const pad = (cell: string, column: number) =>
    left.includes(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)
  return rows.map((cells) => cells.map(pad).join('  ').trimEnd()).join('\n')
}

/** The same as a table of Markdown. */
export function formatMarkdown(rows: readonly (readonly string[])[], left: readonly number[]): string {
  const [header = [], ...others] = rows
  const rule = header.map((_, column) => (left.includes(column) ? '---' : '---:'))
  return [header, rule, ...others].map((cells) => `| ${cells.map(escapeCell).join(' | ')} |`).join('\n')
}

function escapeCell(cell: string): string {
  return cell.replaceAll('|', '\\|')
}
