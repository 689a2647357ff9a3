import { ExtensionContext40 } from '@looker/extension-sdk-react'
import React, { useContext, useMemo } from 'react'
import { SetUpApp } from './admin/set-up-app.tsx'
import { startExtension } from './start-extension.tsx'

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

startExtension('Heap Data Import: set-up', <SetUpInLooker />)
