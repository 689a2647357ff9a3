import type { OperationAddress } from '../api/match-operation.ts'
import type { Entitlements } from './entitlements.ts'

export type HostType = 'standard' | 'spartan' | 'embed'

/** What the server tells the page that hosts an extension. */
export type HostConfig = {
  extensionId: string
  label: string
  /** Null: the extension does not run. */
  entitlements: Entitlements | null
  frameUrl: string
  hostType: HostType
  lookerVersion: string
  operations: readonly OperationAddress[]
}

/** Where the page finds its configuration. */
export const CONFIG_ELEMENT = 'host-config'
