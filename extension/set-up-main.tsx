import { ExtensionContext40, ExtensionProvider40 } from '@looker/extension-sdk-react'
import React, { useContext, useMemo } from 'react'
import ReactDOM from 'react-dom'
import { SetUpApp } from './admin/set-up-app.tsx'

/** Takes what the page needs from Looker's provider. */
function SetUpInLooker() {
  const { extensionSDK, coreSDK, lookerHostData } = useContext(ExtensionContext40)
  const extensionId = lookerHostData?.extensionId ?? ''
  const looker = useMemo(
    () => ({ sdk: coreSDK, host: extensionSDK, extensionId }),
    [coreSDK, extensionSDK, extensionId],
  )
  return <SetUpApp looker={looker} />
}

function start() {
  document.documentElement.lang = 'en'
  document.title = 'Heap Data Import: set-up'
  document.body.style.cssText += 'margin:0;min-height:100vh;background:#fff;'
  const root = document.createElement('div')
  document.body.append(root)
  ReactDOM.render(
    <ExtensionProvider40 chattyTimeout={-1} loadingComponent={<p role="status">Connecting to Looker</p>}>
      <SetUpInLooker />
    </ExtensionProvider40>,
    root,
  )
}

// Looker loads the script in the head, before there is a body.
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start)
else start()
