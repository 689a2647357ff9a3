import { formatCount } from '../../../../shared/text/text-list.ts'
import type { Html } from '../html.ts'
import { html } from '../html.ts'
import type { HeapState } from './heap-state.ts'
import { HEAP_PAGE_ROWS } from './heap-state.ts'

/** What has arrived in Heap: environments to choose from, and the chosen one's users or accounts. */
export function renderHeap(state: HeapState): Html {
  const { environments, requests, environmentId } = state
  const known = environments.some(({ id }) => id === environmentId)
  const tabs = [...environments, ...(known ? [] : [{ id: environmentId, users: 0, accounts: 0 }])].map(
    (env) => renderTabs(env, state),
  )
  const outcomes = Object.entries(requests.outcomes).map(
    ([outcome, count]) => `${formatCount(count)} × ${outcome}`,
  )
  const answers = outcomes.length > 0 ? ` (${outcomes.join(', ')})` : ''
  return html`<nav class="tabs" aria-label="Heap environments">${tabs}</nav>
<p class="quiet">${formatCount(requests.requests)} ${requests.requests === 1 ? 'request' : 'requests'} so far${answers}.</p>
${state.entities.length === 0 ? renderNothing(state) : renderTable(state)}`
}

function renderTabs(env: HeapState['environments'][number], { environmentId, kind }: HeapState): Html {
  const tab = (name: 'users' | 'accounts', label: string) => {
    const current = env.id === environmentId && kind === name ? html` aria-current="page"` : null
    return html`<a data-heap href="${heapLink({ env: env.id, kind: name })}"${current}>${formatCount(env[name])} ${label}</a>`
  }
  return html`<span class="environment">Environment ${env.id} ${tab('users', 'users')}${tab('accounts', 'accounts')}</span>`
}

function renderNothing({ kind, search, environmentId }: HeapState): Html {
  const text = search
    ? `No ${kind} of environment ${environmentId} has “${search}” in the key.`
    : `Environment ${environmentId} has no ${kind} yet. Send a Look, and they appear here.`
  return html`<p class="empty">${text}</p>`
}

function renderTable({ kind, entities, matching, offset, environmentId, search }: HeapState): Html {
  const names = [...new Set(entities.flatMap(({ properties }) => Object.keys(properties)))]
  const rows = entities.map(
    ({ key, properties }) =>
      html`<tr><th scope="row">${key}</th>${names.map((name) => renderCell(properties[name]))}</tr>`,
  )
  const page = (start: number, label: string) =>
    start < 0 || start >= matching
      ? html`<span class="quiet">${label}</span>`
      : html`<a data-heap href="${heapLink({ env: environmentId, kind, search, offset: String(start) })}">${label}</a>`
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${kind} of environment ${environmentId}"><table>
<thead><tr><th scope="col">${kind === 'users' ? 'Identity' : 'Account ID'}</th>${names.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div>
<p class="line quiet">${formatCount(offset + 1)} to ${formatCount(offset + entities.length)} of ${formatCount(matching)} ${kind}
${page(offset - HEAP_PAGE_ROWS, 'Previous')} ${page(offset + HEAP_PAGE_ROWS, 'Next')}</p>`
}

function renderCell(value: string | number | boolean | null | undefined): Html {
  if (value === undefined) return html`<td class="none"><span aria-label="not set">–</span></td>`
  if (value === '') return html`<td class="none">(empty text)</td>`
  const text = String(value)
  return html`<td class="${typeof value}"><span class="value" title="${text}">${text}</span></td>`
}

function heapLink(query: Record<string, string>): string {
  return `/send?${new URLSearchParams(query)}#heap`
}
