import type { ILook } from '@looker/sdk'
import { formatCount } from '../../../../shared/text/text-list.ts'
import type { Html } from '../html.ts'
import { html } from '../html.ts'

type ShownLooks = {
  /** One more than a page has, when there are more. */
  found: { value: ILook[] } | { problem: string }
  search: string
  offset: number
  rows: number
}

export function renderLooks({ found, search, offset, rows }: ShownLooks): Html {
  return html`<main>
<h1>Looks</h1>
<form class="toolbar" role="search" action="/looks"><input type="search" name="search" value="${search}" placeholder="Find by title" aria-label="Find by title"> <button class="small">Find</button></form>
${'problem' in found ? html`<p class="problem" role="alert">${found.problem}</p>` : renderTable(found.value, { search, offset, rows })}
</main>`
}

function renderTable(found: ILook[], { search, offset, rows }: Omit<ShownLooks, 'found'>): Html {
  if (found.length === 0) return html`<p class="empty">No Look has “${search}” in its title.</p>`
  const shown = found.slice(0, rows)
  const page = (start: number, label: string, exists: boolean) =>
    exists
      ? html`<a href="/looks?${new URLSearchParams({ search, offset: String(start) }).toString()}">${label}</a>`
      : html`<span class="quiet">${label}</span>`
  return html`<section><table>
<thead><tr><th scope="col">Title</th><th scope="col">Folder</th><th scope="col">Owner</th><th scope="col">Updated</th></tr></thead>
<tbody>${shown.map(renderRow)}</tbody></table>
<p class="line quiet">${formatCount(offset + 1)} to ${formatCount(offset + shown.length)}
${page(Math.max(offset - rows, 0), 'Previous', offset > 0)} ${page(offset + rows, 'Next', found.length > rows)}</p></section>`
}

function renderRow({ id, title, description, folder, user_name: owner, updated_at: updated }: ILook): Html {
  return html`<tr><th scope="row"><a href="/looks/${id ?? ''}">${title}</a><p class="quiet">${description}</p></th>
<td>${folder?.name}</td><td>${owner}</td><td>${updated ? new Date(updated).toISOString().slice(0, 10) : ''}</td></tr>`
}
