import type { LookerHost } from './adaptor.tsx'

/**
 * The browser's storage, kept by Looker's page for this extension and user. It only spares typing, so where
 * it is missing (entitlement local_storage) the app works without.
 */
export async function readStored(host: LookerHost, name: string): Promise<string | null> {
  try {
    return await host.localStorageGetItem(name)
  } catch {
    return null
  }
}

/** An empty text removes the entry. */
export async function writeStored(host: LookerHost, name: string, value: string): Promise<void> {
  try {
    await (value === '' ? host.localStorageRemoveItem(name) : host.localStorageSetItem(name, value))
  } catch {
    // Nothing is lost but comfort.
  }
}
