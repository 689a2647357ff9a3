import { ExtensionContext40 } from '@looker/extension-sdk-react'
import React, { useContext, useMemo } from 'react'
import { App } from './app.tsx'
import type { LookerAdaptor } from './looker/adaptor.tsx'
import { startExtension } from './start-extension.tsx'
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

startExtension('Heap Data Import', <AppInLooker />)
