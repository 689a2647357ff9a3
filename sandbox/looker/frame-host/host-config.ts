import type { OperationAddress } from '../api/match-operation.ts'
import type { Entitlements } from './entitlements.ts'
import type { HostUnknowns } from './host-unknowns.ts'

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
  unknowns: HostUnknowns
}

/** Where the page finds its configuration. */
export const CONFIG_ELEMENT = 'host-config'

/** What the frame's document posts to the page around it when the browser did not load the bundle. */
export const BUNDLE_FAILED = 'stand-in: the bundle is not loaded'
