import type { Html } from '../shell/html.ts'
import { html } from '../shell/html.ts'
import type { Frame } from '../shell/layout.ts'
import { renderDocument, renderLayout } from '../shell/layout.ts'
import { scriptJson } from './frame-document.ts'
import type { HostConfig } from './host-config.ts'
import { CONFIG_ELEMENT } from './host-config.ts'

/** The page around an extension's frame: within Looker's own, or alone in full screen and when embedded. */
export function renderHostPage(frame: Frame, config: HostConfig): Html {
  const title = `${config.label}: Looker stand-in`
  const body = renderBody(config)
  return config.hostType === 'standard'
    ? renderLayout(frame, { title, section: 'extension', body, kind: 'host' })
    : renderDocument(title, body)
}

function renderBody(config: HostConfig): Html {
  const json: Html = { markup: scriptJson(config) }
  return html`<main class="frame">
<div><p class="problem" id="host-problem" role="alert" hidden></p><div id="extension"></div></div>
<details class="requests"><summary>Requests of the extension: <span id="request-count">0</span></summary>
<ol id="requests" reversed></ol></details>
</main>
<script type="application/json" id="${CONFIG_ELEMENT}">${json}</script>
<script src="/assets/host.js"></script>`
}
