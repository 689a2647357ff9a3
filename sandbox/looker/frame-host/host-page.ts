import type { Html } from '../shell/html.ts'
import { html } from '../shell/html.ts'
import type { Frame } from '../shell/layout.ts'
import { renderDocument, renderLayout } from '../shell/layout.ts'
import { scriptJson } from './frame/frame-document.ts'
import type { HostConfig, HostType } from './host-config.ts'
import { CONFIG_ELEMENT } from './host-config.ts'

type Shown = { extensionId: string; label: string; hostType: HostType }

/** The page around an extension's frame: within Looker's own, or alone in full screen and when embedded. */
export function renderHostPage(frame: Frame, config: HostConfig, warnings: readonly string[]): Html {
  return render(frame, config, renderHost(config, warnings))
}

/** The page in place of an extension that is not opened. */
export function renderClosedPage(frame: Frame, extension: Shown, problem: string): Html {
  return render(
    frame,
    extension,
    html`<main><h1>${extension.label}</h1><p class="problem" id="host-problem" role="alert">${problem}</p></main>`,
  )
}

function render(frame: Frame, { extensionId, label, hostType }: Shown, body: Html): Html {
  const title = `${label}: Looker stand-in`
  return hostType === 'standard'
    ? renderLayout(frame, { title, section: 'extension', extensionId, body, kind: 'host' })
    : renderDocument(title, body)
}

function renderHost(config: HostConfig, warnings: readonly string[]): Html {
  const json: Html = { markup: scriptJson(config) }
  return html`<main class="frame">
<div>${warnings.map((warning) => html`<p class="problem host-warning" role="status">${warning}</p>`)}
<p class="problem" id="host-problem" role="alert" hidden></p><div id="extension"></div></div>
<details class="requests"><summary>Requests of the extension: <span id="request-count">0</span></summary>
<ol id="requests" reversed></ol></details>
</main>
<script type="application/json" id="${CONFIG_ELEMENT}">${json}</script>
<script src="/assets/host.js"></script>`
}
