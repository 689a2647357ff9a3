import { attributeName } from '../../shared/set-up/attribute-name.ts'
import { extensionId, PROJECT, SERVER_URL_ATTRIBUTE } from '../../shared/set-up/installed-names.ts'
import { readEntitlements } from '../looker/entitlements.ts'
import type { SetUpLooker } from './set-up-looker.ts'

/**
 * Where the action server is, as far as Looker tells it: the URL that the manifest lets this page call, else the
 * user attribute of an earlier set-up. Empty: the admin has to say it.
 */
export async function findAddress({ sdk, extensionId: own }: SetUpLooker): Promise<string> {
  const urls = readEntitlements(globalThis)?.external_api_urls
  const entitled = Array.isArray(urls)
    ? urls.find((url) => typeof url === 'string' && isAddress(url))
    : undefined
  if (typeof entitled === 'string') return entitled.replace(/\/+$/, '')
  const attributes = await sdk.all_user_attributes({})
  const name = attributeName(extensionId(own.split('::')[0] || PROJECT), SERVER_URL_ATTRIBUTE)
  const known = attributes.ok ? attributes.value.find((attribute) => attribute.name === name) : undefined
  return known?.default_value ?? ''
}

export function isAddress(text: string): boolean {
  return /^https?:\/\/[^\s/*]+\/?$/.test(text)
}
