import type { ExtensionSDK } from '@looker/extension-sdk'
import type { SetUpApi, SetUpSdk } from '../../shared/set-up/set-up-api.ts'
import { callLooker } from '../../shared/set-up/set-up-api.ts'

/** All that the set-up page knows of Looker. */
export type SetUpLooker = {
  sdk: SetUpSdk
  host: Pick<ExtensionSDK, 'serverProxy' | 'clipboardWrite'>
  /** `project::application` */
  extensionId: string
}

export function apiOf({ sdk }: SetUpLooker): SetUpApi {
  return { sdk, call: callLooker }
}
