import type { IScheduledPlan } from '@looker/sdk'
import { formatCount } from '../../../../shared/text/text-list.ts'
import type { StoredLook } from '../../api/looks/look-library.ts'
import type { Look, LookRow } from '../../look.ts'
import { rowLimitOf } from '../../look-query.ts'
import type { Html } from '../html.ts'
import { html } from '../html.ts'
import type { Frame } from '../layout.ts'
import { extensionPath } from '../layout.ts'

/** Rows that are shown of a Look; what its query costs in time is not waited for. */
const SHOWN_ROWS = 20

/** Columns that are shown; the widest sample has 150. */
const SHOWN_COLUMNS = 12

type ShownLook = {
  stored: StoredLook | undefined
  found: { value: IScheduledPlan[] } | { problem: string }
  isSample: boolean
  extensions: Frame['extensions']
}

export function renderLook({ stored, found, isSample, extensions }: ShownLook): Html {
  if (!stored || 'problem' in found) {
    const text = 'problem' in found ? found.problem : 'Not found'
    return html`<main><h1>Look</h1><p class="problem" role="alert">${text}</p></main>`
  }
  const { look } = stored
  return html`<main>
<h1>${look.title}</h1>
<p>${look.explanation}</p>
<p class="quiet">Look ${look.id} · ${formatCount(look.rowCount)} rows · row limit ${formatCount(rowLimitOf(look))} · time zone ${look.timezone}</p>
<p class="toolbar">${isSample ? html`<a class="small" href="/send?look=${look.id}">Send once by hand</a>` : null}
${extensions.map(({ id, label }) => html`<a class="small" href="${extensionPath(id)}">Open ${label}</a>`)}</p>
<section><h2>Schedules of yours</h2>${renderPlans(found.value)}</section>
<section><h2>First rows</h2>${renderRows(look)}</section>
</main>`
}

function renderPlans(plans: readonly IScheduledPlan[]): Html {
  if (plans.length === 0) return html`<p class="empty">None.</p>`
  return html`<ul>${plans.map(({ id, name }) => html`<li><a href="/schedules#plan-${id ?? ''}">${name}</a></li>`)}</ul>`
}

function renderRows(look: Look): Html {
  const [error] = look.errors ?? []
  if (error) return html`<p class="problem">${error.message} ${error.message_details}</p>`
  const { dimensions, measures, table_calculations: calculations } = look.fields
  const fields = [...dimensions, ...measures, ...calculations]
  const rows: LookRow[] = []
  for (const row of look.rows()) {
    if (rows.length >= SHOWN_ROWS) break
    rows.push(row)
  }
  if (rows.length === 0) return html`<p class="empty">No results.</p>`
  const shown = fields.slice(0, SHOWN_COLUMNS)
  const more = fields.length - shown.length
  return html`<div class="scroll" tabindex="0" role="region" aria-label="First rows"><table>
<thead><tr>${shown.map(({ label }) => html`<th scope="col">${label}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${shown.map(({ name }) => html`<td>${showCell(row[name])}</td>`)}</tr>`)}</tbody>
</table></div>${more > 0 ? html`<p class="quiet">and ${more} more columns</p>` : null}`
}

function showCell(cell: LookRow[string] | undefined): string {
  if (cell === null || cell === undefined) return '∅'
  if (typeof cell !== 'object') return String(cell)
  return Object.entries(cell)
    .map(([key, value]) => `${key}: ${value ?? '∅'}`)
    .join(', ')
}
