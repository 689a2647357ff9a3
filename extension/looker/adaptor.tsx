import type { ExtensionSDK } from '@looker/extension-sdk'
import type { ILooker40SDK } from '@looker/sdk'
import React, { createContext, useContext } from 'react'
import type { CoreMethod } from './core-methods.ts'

/** Looker's API, reduced to the methods that the manifest asks for. */
export type LookerSdk = Pick<ILooker40SDK, CoreMethod>

/** What the Looker page does for the extension besides API calls. */
export type LookerHost = Pick<
  ExtensionSDK,
  | 'createSecretKeyTag'
  | 'fetchProxy'
  | 'localStorageGetItem'
  | 'localStorageRemoveItem'
  | 'localStorageSetItem'
  | 'openBrowserWindow'
  | 'serverProxy'
  | 'updateTitle'
  | 'userAttributeGetItem'
>

/** All that the app knows of Looker. Inside Looker the provider's SDKs fill it, in tests a stand-in does. */
export type LookerAdaptor = {
  sdk: LookerSdk
  host: LookerHost
  /** `project::application` */
  extensionId: string
  /** Origin of the Looker instance, to link to its Looks; null when Looker does not say. */
  lookerOrigin: string | null
}

const AdaptorContext = createContext<LookerAdaptor | null>(null)

export function LookerProvider(props: { adaptor: LookerAdaptor; children: React.ReactNode }) {
  return <AdaptorContext.Provider value={props.adaptor}>{props.children}</AdaptorContext.Provider>
}

export function useLooker(): LookerAdaptor {
  const adaptor = useContext(AdaptorContext)
  if (!adaptor) throw new Error('useLooker needs a LookerProvider')
  return adaptor
}
