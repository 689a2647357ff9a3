import type { Html } from '../html.ts'
import { html } from '../html.ts'
import type { HeapQuery } from './heap-state.ts'

type PageParts = {
  form: Html
  deliveries: Html
  heap: Html
  query: HeapQuery
  serverUrl: string
  heapUrl: string
}

/** The Send dialog and what became of it. Its three parts are renewed one by one while it is open. */
export function renderSendPage({ form, deliveries, heap, query, serverUrl, heapUrl }: PageParts): Html {
  return html`<main class="columns">
<header>
<h1>Send a Look</h1>
<p class="quiet">As Looker’s own Send dialog would, with all its ways to fail. Looker and <a href="${heapUrl}/">Heap</a> are stand-ins on this machine; the <a href="${serverUrl}/">action server</a> is the real one.</p>
</header>
<section class="send" aria-labelledby="send-title">
<h2 id="send-title">Where should this data go?</h2>
<form id="send" method="post" action="/deliveries">
<div id="form">${form}</div>
<div class="send-bar">
<p class="problem" id="send-problem" role="alert" hidden></p>
<button class="primary">Send</button>
</div>
</form>
</section>
<div class="results">
<section aria-labelledby="deliveries-title">
<h2 id="deliveries-title">Looker’s record of the deliveries</h2>
<p class="visually-hidden" id="status" role="status"></p>
<div id="deliveries">${deliveries}</div>
</section>
<section aria-labelledby="heap-title" id="heap">
<div class="line"><h2 id="heap-title">What Heap holds</h2>
<form id="search" role="search" action="/send#heap"><input type="hidden" name="env" value="${query.env ?? ''}"><input type="hidden" name="kind" value="${query.kind ?? ''}">
<input type="search" name="search" value="${query.search ?? ''}" placeholder="Find a key" aria-label="Find a key"></form>
<form method="post" action="/heap/reset"><button class="small">Empty Heap</button></form></div>
<div id="heap-state">${heap}</div>
</section>
</div>
</main>
<script src="/assets/send-page.js" defer></script>`
}
