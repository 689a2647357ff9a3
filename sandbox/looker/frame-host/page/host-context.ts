import type { Entitlements } from '../entitlements.ts'
import type { HostConfig } from '../host-config.ts'
import type { Faults } from './faults.ts'
import type { RequestLog } from './request-log.ts'
import type { Routes } from './routes.ts'

/** What answers to an extension are made of. */
export type HostContext = {
  config: HostConfig
  entitlements: Entitlements
  faults: Faults
  routes: Routes
  log: RequestLog
  /** Makes a new frame and a new host for it. */
  reopen: () => void
}
