import type { Region } from '../../shared/api/environments.ts'

/** Documented by Heap for bulk user properties, with the note that the other host is wrong for a region. */
export const REGION_URLS: Record<Region, string> = {
  us: 'https://heapanalytics.com',
  eu: 'https://c.eu.heap-api.com',
}

/** The region whose host it is; undefined: a host of neither, as a proxy or a stand-in. */
export function regionOfUrl(url: string): Region | undefined {
  const { host } = new URL(url)
  if (host === new URL(REGION_URLS.eu).host) return 'eu'
  return host === new URL(REGION_URLS.us).host ? 'us' : undefined
}
