import { useQuery } from '@tanstack/react-query'
import { SERVER_URL_ATTRIBUTE } from '../../shared/set-up/installed-names.ts'
import type { LookerHost } from '../looker/adaptor.tsx'
import { useLooker } from '../looker/adaptor.tsx'
import { readEntitlements } from '../looker/entitlements.ts'
import { ActionServerError } from './action-server-error.ts'

/** Where the server offers this bundle. */
const BUNDLE_PATH = '/extension/bundle.js'

/** Known only while the script runs for the first time. */
const scriptUrl = typeof document === 'undefined' ? '' : scriptUrlOf(document.currentScript)

function scriptUrlOf(script: HTMLOrSVGScriptElement | null): string {
  return script instanceof HTMLScriptElement ? script.src : ''
}

/**
 * The action server's base URL, without a slash at the end. The manifest's constant does not reach the
 * extension, so the URL is taken from the first of: the user attribute, the address this bundle came from,
 * the URLs that Looker lets the extension call.
 */
export async function findServerUrl(host: LookerHost, script: string, frame: unknown): Promise<string> {
  const candidates = [await readAttribute(host), urlOfBundle(script), ...entitledUrls(frame)]
  const url = candidates.find((candidate) => candidate !== null && /^https?:\/\/[^*\s]+$/.test(candidate))
  if (!url) throw new ActionServerError('no_url', "The action server's URL is not known.")
  return url.replace(/\/+$/, '')
}

async function readAttribute(host: LookerHost): Promise<string | null> {
  try {
    return (await host.userAttributeGetItem(SERVER_URL_ATTRIBUTE))?.trim() || null
  } catch {
    // Looker throws when the attribute does not exist.
    return null
  }
}

function urlOfBundle(script: string): string | null {
  const [address = ''] = script.split(/[?#]/)
  return address.endsWith(BUNDLE_PATH) ? address.slice(0, -BUNDLE_PATH.length) : null
}

function entitledUrls(frame: unknown): string[] {
  const urls = readEntitlements(frame)?.external_api_urls
  return Array.isArray(urls) ? urls.filter((url) => typeof url === 'string') : []
}

export function useServerUrl() {
  const { host } = useLooker()
  return useQuery(['server-url'], () => findServerUrl(host, scriptUrl, globalThis), {
    staleTime: Number.POSITIVE_INFINITY,
  })
}
