import { demandSwitch } from '../entitlements.ts'
import type { HostContext } from './host-context.ts'

export type StoragePayload = { type: 'get' | 'set' | 'remove'; name: string; value?: string }

/** The host page's local storage, with a prefix per extension (documented by Looker). */
export function answerStorage(
  { config, entitlements }: HostContext,
  { type, name, value }: StoragePayload,
): string | boolean | null {
  demandSwitch(entitlements, 'local_storage', 'access local storage')
  const key = `${config.extensionId}:${name}`
  if (type === 'get') return localStorage.getItem(key)
  if (type === 'set') localStorage.setItem(key, value ?? '')
  else localStorage.removeItem(key)
  return true
}
