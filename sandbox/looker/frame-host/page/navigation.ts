import type { Entitlements } from '../entitlements.ts'
import { demandSwitch } from '../entitlements.ts'
import { matchesUrl } from '../url-pattern.ts'

export type LocationPayload = { url: string; state?: unknown; target?: string }

/** Opens a page of Looker in place of this one, or any entitled page in a new window. */
export function updateLocation(entitlements: Entitlements, { url, state, target }: LocationPayload): void {
  const destination = new URL(url, location.origin)
  const isExternal = destination.origin !== location.origin
  if (!target || target === '_self') {
    demandSwitch(entitlements, 'navigation', 'navigate')
    if (isExternal) throw new Error(`Extension not entitled to navigate to ${url}`)
    history.pushState(state ?? null, '', location.href)
    location.assign(destination)
    return
  }
  demandSwitch(entitlements, 'new_window', 'open a new window')
  const isEntitled = entitlements.new_window_external_urls.some((pattern) =>
    matchesUrl(pattern, destination.href),
  )
  if (isExternal && !isEntitled) throw new Error(`Extension not entitled to open ${url} in a new window`)
  window.open(destination, target)
}
