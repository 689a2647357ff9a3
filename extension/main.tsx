import { ExtensionContext40, ExtensionProvider40 } from '@looker/extension-sdk-react'
import React, { useContext, useMemo } from 'react'
import ReactDOM from 'react-dom'
import { App } from './app.tsx'
import type { LookerAdaptor } from './looker/adaptor.tsx'
import { useHostNavigation } from './use-host-navigation.ts'

/** Takes the adaptor from Looker's provider. */
function AppInLooker() {
  const context = useContext(ExtensionContext40)
  useHostNavigation(context)
  const { extensionSDK, coreSDK, lookerHostData } = context
  const adaptor = useMemo<LookerAdaptor>(
    () => ({
      sdk: coreSDK,
      host: extensionSDK,
      extensionId: lookerHostData?.extensionId ?? '',
      lookerOrigin: lookerHostData?.hostOrigin ?? null,
    }),
    [coreSDK, extensionSDK, lookerHostData],
  )
  return <App adaptor={adaptor} />
}

/**
 * No StrictMode: it would open a second connection that Looker ignores. No time limit on answers (-1): a Look
 * may run for minutes.
 */
function start() {
  document.documentElement.lang = 'en'
  document.title = 'Heap Data Import'
  // Looker's page has neither a root element nor a height or a color of its own.
  document.body.style.cssText += 'margin:0;min-height:100vh;background:#fff;'
  const root = document.createElement('div')
  document.body.append(root)
  ReactDOM.render(
    <ExtensionProvider40 chattyTimeout={-1} loadingComponent={<p role="status">Connecting to Looker</p>}>
      <AppInLooker />
    </ExtensionProvider40>,
    root,
  )
}

// Looker loads the script in the head, before there is a body.
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start)
else start()
