import type { ActionHub, RegisteredAction } from '../../api/hubs/hubs.ts'
import type { Html } from '../html.ts'
import { html } from '../html.ts'

/** @param hubs null when the user is no admin */
export function renderActions(hubs: readonly ActionHub[] | null, problem: string | undefined): Html {
  return html`<main>
<h1>Actions</h1>
${problem ? html`<p class="problem" role="alert">${problem}</p>` : null}
${hubs ? renderHubs(hubs) : html`<p class="problem">Only admins see this page. Choose Ada Admin at the left.</p>`}
</main>`
}

function renderHubs(hubs: readonly ActionHub[]): Html {
  return html`${hubs.map(renderHub)}
<section aria-labelledby="add-title"><h2 id="add-title">Add Action Hub</h2>
<form method="post" action="/admin/actions/hubs" class="fields">
<label for="url">Action Hub URL</label><input id="url" name="url" type="url" required placeholder="https://action.example.com">
<label for="token">Authorization token</label><input id="token" name="token" autocomplete="off">
<span></span><button class="primary">Add Action Hub</button></form></section>`
}

function renderHub(hub: ActionHub): Html {
  const { id, url, label, token, fetchError, actions } = hub
  return html`<section aria-labelledby="hub-${id}"><h2 id="hub-${id}">${label}</h2>
<p class="quiet">Hub ${id} · ${url} · ${token === null ? 'no authorization token' : 'authorization token set'}</p>
${fetchError === null ? null : html`<p class="problem">${fetchError}</p>`}
<ul>${actions.map(renderAction)}</ul>
<div class="toolbar">
<form method="post" action="/admin/actions/hubs/${id}"><input name="token" aria-label="New authorization token" placeholder="New authorization token" autocomplete="off"> <button class="small">Configure authorization, or refresh</button></form>
<form method="post" action="/admin/actions/hubs/${id}/delete"><button class="small">Delete hub</button></form>
</div></section>`
}

function renderAction({ id, listed, enabled }: RegisteredAction): Html {
  const path = `/admin/actions/integrations/${encodeURIComponent(id)}`
  return html`<li class="line"><strong>${listed.label}</strong> <span class="quiet">${id}</span>
<span class="tag">${enabled ? 'enabled' : 'not enabled'}</span>
<form method="post" action="${path}"><input type="hidden" name="enabled" value="${enabled ? 'no' : 'yes'}"><button class="small">${enabled ? 'Disable' : 'Enable'}</button></form>
<form method="post" action="${path}/test"><button class="small">Test</button></form></li>`
}
