import { ExtensionProvider40 } from '@looker/extension-sdk-react'
import React from 'react'
import ReactDOM from 'react-dom'

/**
 * Shows an application inside Looker's page, once that has a body: Looker loads the script in the head.
 *
 * No StrictMode: it would open a second connection that Looker ignores. No time limit on answers (-1): a Look
 * may run for minutes.
 */
export function startExtension(title: string, application: JSX.Element): void {
  function start() {
    document.documentElement.lang = 'en'
    document.title = title
    // Looker's page has neither a root element nor a height or a color of its own.
    document.body.style.cssText += 'margin:0;min-height:100vh;background:#fff;'
    const root = document.createElement('div')
    document.body.append(root)
    ReactDOM.render(
      <ExtensionProvider40 chattyTimeout={-1} loadingComponent={<p role="status">Connecting to Looker</p>}>
        {application}
      </ExtensionProvider40>,
      root,
    )
  }

  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start)
  else start()
}
