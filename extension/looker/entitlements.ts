import { isRecord } from '../../shared/is-record.ts'
import { CORE_METHODS } from './core-methods.ts'

/**
 * What Looker says it granted to the extension: an undocumented object on the frame's window, so all of it
 * may be missing.
 */
export function readEntitlements(frame: unknown): Record<string, unknown> | null {
  const metadata = isRecord(frame) ? frame.lookerExtensionMetadata : undefined
  const entitlements = isRecord(metadata) ? metadata.entitlements : undefined
  return isRecord(entitlements) ? entitlements : null
}

/** Entitlements of the manifest that Looker did not grant; none when Looker does not say. */
export function missingEntitlements(granted: Record<string, unknown> | null): string[] {
  if (granted === null) return []
  const switches = ['local_storage', 'navigation', 'new_window', 'use_form_submit', 'use_downloads'].filter(
    (name) => granted[name] === false || granted[name] === 'no',
  )
  const methods = granted.core_api_methods
  const missing = Array.isArray(methods) ? CORE_METHODS.filter((method) => !methods.includes(method)) : []
  return [...switches, ...missing.map((method) => `core_api_methods: ${method}`)]
}
