import { escapeHtml } from '../../shared/text/escape-html.ts'
import { formatCount } from '../../shared/text/text-list.ts'
import type { HeapSetUp } from './heap-set-up.ts'
import type { RequestLog } from './request-log.ts'
import type { Shown } from './shown-entities.ts'

type EnvironmentCount = { id: string; users: number; ghosts: number; accounts: number; ignored: number }

/** The stand-in for people: environments, and a table of what has arrived. It renews itself while open. */
export function renderPage(
  environments: readonly EnvironmentCount[],
  requests: ReturnType<RequestLog['summary']>,
  shown: Shown,
  setUp: HeapSetUp,
): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Heap stand-in</title>
<style>${STYLE}</style>
<header>
  <h1>Heap <small>stand-in on this machine</small></h1>
  <form role="search">
    <input type="hidden" name="env" value="${escapeHtml(shown.environmentId)}">
    <input type="hidden" name="kind" value="${shown.kind}">
    <input type="search" name="search" value="${escapeHtml(shown.search)}" placeholder="Search by key" aria-label="Search by key">
    <button>Search</button>
  </form>
</header>
${renderSetUp(setUp)}
<main id="live">${renderLive(environments, requests, shown)}</main>
<script>${SCRIPT}</script>
</html>
`
}

function renderSetUp({ matchProperty, unknownKeys }: HeapSetUp): string {
  const option = (value: HeapSetUp['unknownKeys'], text: string) =>
    `<option value="${value}"${value === unknownKeys ? ' selected' : ''}>${text}</option>`
  return `<form id="set-up" aria-label="Set-up of Looker Data Import">
  <strong>Integrations &gt; Directory &gt; Looker Data Import</strong>
  <label>User property <input name="matchProperty" value="${escapeHtml(matchProperty)}" required></label>
  <label>A key that no user has <select name="unknownKeys">${option('create', 'makes a user')}${option('ignore', 'is ignored')}</select></label>
  <button>Save</button> <span role="status"></span>
</form>`
}

function renderLive(
  environments: readonly EnvironmentCount[],
  requests: ReturnType<RequestLog['summary']>,
  shown: Shown,
): string {
  const answers = Object.entries(requests.outcomes).map(
    ([outcome, count]) => `${outcome}: ${formatCount(count)}`,
  )
  const summary = `${formatCount(requests.requests)} requests${answers.length > 0 ? ` (${answers.join(', ')})` : ''}, ${formatCount(requests.stored)} entities stored`
  if (environments.length === 0) {
    return `<p class="quiet">${escapeHtml(summary)}</p><p>Nothing has arrived yet. This page renews itself.</p>`
  }
  return `<nav aria-label="Environments">${environments.map((env) => renderTabs(env, shown)).join('')}</nav>
<p class="quiet">${escapeHtml(summary)}</p>
${renderTable(shown)}`
}

function renderTabs(counts: EnvironmentCount, shown: Shown): string {
  const { id, users, ghosts, accounts, ignored } = counts
  const tab = (kind: Shown['kind'], count: number, name: string) => {
    const current = shown.environmentId === id && shown.kind === kind ? ' aria-current="page"' : ''
    return `<a href="/?env=${encodeURIComponent(id)}&amp;kind=${kind}"${current}>${formatCount(count)} ${name}</a>`
  }
  const made = tab('ghosts', ghosts, 'of them made by an import')
  const left =
    ignored > 0 ? `<span class="quiet">${formatCount(ignored)} keys that no user has ignored</span>` : ''
  return `<section><h2>Environment ${escapeHtml(id)}</h2>${tab('users', users, 'users')}${made}${tab('accounts', accounts, 'accounts')}${left}</section>`
}

const GHOST = ' <small class="ghost" title="An import made this user; nobody with events">ghost</small>'

function renderTable({ entities, kind, matching, offset }: Shown): string {
  const names = [...new Set(entities.flatMap(({ properties }) => Object.keys(properties)))]
  const cells = (properties: Record<string, unknown>) =>
    names.map((name) =>
      Object.hasOwn(properties, name)
        ? `<td class="${typeof properties[name]}">${escapeHtml(String(properties[name]))}</td>`
        : '<td class="none"></td>',
    )
  const rows = entities.map(
    ({ key, properties, isGhost }) =>
      `<tr><th scope="row">${escapeHtml(key)}${isGhost ? GHOST : ''}</th>${cells(properties).join('')}</tr>`,
  )
  const range =
    entities.length === 0 ? 'None' : `${formatCount(offset + 1)} to ${formatCount(offset + entities.length)}`
  const what = kind === 'ghosts' ? 'users whom an import made and the product does not know' : kind
  return `<p>${range} of ${formatCount(matching)} ${what}</p>
<div class="scroll"><table>
<thead><tr><th scope="col">${kind === 'accounts' ? 'Account ID' : 'Identity'}</th>${names.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join('')}</tr></thead>
<tbody>${rows.join('\n')}</tbody>
</table></div>`
}

const SCRIPT = `
setInterval(async () => {
  if (document.hidden) return
  try {
    const answer = await fetch(location.href)
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const now = page.getElementById('live')
    const live = document.getElementById('live')
    if (answer.ok && now && live.innerHTML !== now.innerHTML) {
      const { scrollTop = 0, scrollLeft = 0 } = live.querySelector('.scroll') ?? {}
      live.innerHTML = now.innerHTML
      live.querySelector('.scroll')?.scrollTo(scrollLeft, scrollTop)
    }
  } catch {}
}, 2000)
document.getElementById('set-up').addEventListener('submit', async (event) => {
  event.preventDefault()
  const form = event.currentTarget
  const answer = await fetch('/sandbox/set-up', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(Object.fromEntries(new FormData(form))),
  })
  form.querySelector('[role=status]').textContent = answer.ok ? 'Saved' : 'Not saved'
})`

const STYLE = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); --quiet: color-mix(in srgb, currentColor 65%, transparent) }
body { margin: 0 auto; max-width: 1200px; padding: 24px; font: 15px/1.5 system-ui, sans-serif }
header { display: flex; flex-wrap: wrap; gap: 16px; justify-content: space-between; align-items: center; border-bottom: 1px solid var(--line); padding-bottom: 16px }
h1 { font-size: 22px; margin: 0 } h1 small, .quiet { color: var(--quiet); font-weight: 400; font-size: 14px }
h2 { font-size: 15px; margin: 0 12px 0 0 }
#set-up { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; margin-top: 16px; font-size: 14px }
.ghost { border: 1px dashed currentColor; border-radius: 6px; padding: 0 6px; margin-left: 6px; color: var(--quiet) }
input, select, button { font: inherit; padding: 6px 10px; border: 1px solid var(--line); border-radius: 6px; background: none; color: inherit }
nav section { display: flex; align-items: baseline; gap: 8px; margin-top: 16px }
nav a { padding: 2px 10px; border: 1px solid var(--line); border-radius: 99px; color: inherit; text-decoration: none }
nav a[aria-current] { background: #2f5bd7; border-color: #2f5bd7; color: #fff }
.scroll { overflow: auto; max-height: 75vh; border: 1px solid var(--line); border-radius: 8px }
table { border-collapse: collapse; min-width: 100%; font-size: 14px }
th, td { text-align: left; padding: 6px 12px; border-bottom: 1px solid var(--line); white-space: nowrap; max-width: 360px; overflow: hidden; text-overflow: ellipsis }
thead th { position: sticky; top: 0; background: Canvas }
tbody th { font-weight: 500 }
td.number { text-align: right; font-variant-numeric: tabular-nums }
td.none::after { content: '–'; color: var(--quiet) }`
