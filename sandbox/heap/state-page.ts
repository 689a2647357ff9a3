import type { RequestLog } from './request-log.ts'
import type { Shown } from './shown-entities.ts'

type EnvironmentCount = { id: string; users: number; accounts: number }

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeHtml(text: unknown): string {
  return String(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}

/** The stand-in for people: environments, and a table of what has arrived. It renews itself while open. */
export function renderPage(
  environments: readonly EnvironmentCount[],
  requests: ReturnType<RequestLog['summary']>,
  shown: Shown,
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
<main id="live">${renderLive(environments, requests, shown)}</main>
<script>${SCRIPT}</script>
</html>
`
}

function renderLive(
  environments: readonly EnvironmentCount[],
  requests: ReturnType<RequestLog['summary']>,
  shown: Shown,
): string {
  const answers = Object.entries(requests.outcomes).map(([outcome, count]) => `${outcome}: ${show(count)}`)
  const summary = `${show(requests.requests)} requests${answers.length > 0 ? ` (${answers.join(', ')})` : ''}, ${show(requests.stored)} entities stored`
  if (environments.length === 0) {
    return `<p class="quiet">${escapeHtml(summary)}</p><p>Nothing has arrived yet. This page renews itself.</p>`
  }
  return `<nav aria-label="Environments">${environments.map((env) => renderTabs(env, shown)).join('')}</nav>
<p class="quiet">${escapeHtml(summary)}</p>
${renderTable(shown)}`
}

function renderTabs({ id, users, accounts }: EnvironmentCount, shown: Shown): string {
  const tab = (kind: Shown['kind'], count: number) => {
    const current = shown.environmentId === id && shown.kind === kind ? ' aria-current="page"' : ''
    return `<a href="/?env=${encodeURIComponent(id)}&amp;kind=${kind}"${current}>${show(count)} ${kind}</a>`
  }
  return `<section><h2>Environment ${escapeHtml(id)}</h2>${tab('users', users)}${tab('accounts', accounts)}</section>`
}

function renderTable({ entities, kind, matching, offset }: Shown): string {
  const names = [...new Set(entities.flatMap(({ properties }) => Object.keys(properties)))]
  const cells = (properties: Record<string, unknown>) =>
    names.map((name) =>
      Object.hasOwn(properties, name)
        ? `<td class="${typeof properties[name]}">${escapeHtml(properties[name])}</td>`
        : '<td class="none"></td>',
    )
  const rows = entities.map(
    ({ key, properties }) => `<tr><th scope="row">${escapeHtml(key)}</th>${cells(properties).join('')}</tr>`,
  )
  const range = entities.length === 0 ? 'None' : `${show(offset + 1)} to ${show(offset + entities.length)}`
  return `<p>${range} of ${show(matching)} ${kind}</p>
<div class="scroll"><table>
<thead><tr><th scope="col">${kind === 'users' ? 'Identity' : 'Account ID'}</th>${names.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join('')}</tr></thead>
<tbody>${rows.join('\n')}</tbody>
</table></div>`
}

function show(count: number): string {
  return count.toLocaleString('en-US')
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
}, 2000)`

const STYLE = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); --quiet: color-mix(in srgb, currentColor 65%, transparent) }
body { margin: 0 auto; max-width: 1200px; padding: 24px; font: 15px/1.5 system-ui, sans-serif }
header { display: flex; flex-wrap: wrap; gap: 16px; justify-content: space-between; align-items: center; border-bottom: 1px solid var(--line); padding-bottom: 16px }
h1 { font-size: 22px; margin: 0 } h1 small, .quiet { color: var(--quiet); font-weight: 400; font-size: 14px }
h2 { font-size: 15px; margin: 0 12px 0 0 }
input, button { font: inherit; padding: 6px 10px; border: 1px solid var(--line); border-radius: 6px; background: none; color: inherit }
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
