import type { HostType } from '../host-config.ts'
import { divideSearch } from './faults.ts'

export type Route = { route: string; routeState: unknown }

export type Routes = ReturnType<typeof trackRoutes>

/** Parts of the path before the extension's own: `/extensions/<id>`, `/spartan/<id>`, `/embed/extensions/<id>`. */
const BASE_PARTS: Record<HostType, number> = { standard: 2, spartan: 2, embed: 3 }

/** Keeps the extension's route in the page's address and history. */
export function trackRoutes(hostType: HostType) {
  const parts = location.pathname.split('/')
  const basePath = parts.slice(0, BASE_PARTS[hostType] + 1).join('/')
  const { faults } = divideSearch(location.search)

  function current(): Route {
    const path = location.pathname.slice(basePath.length) || '/'
    const state = history.state as { routeState?: unknown } | null
    return { route: path + divideSearch(location.search).own, routeState: state?.routeState ?? null }
  }

  function addressOf(route: string): string {
    const [path = '', search = ''] = route.split('?', 2)
    const query = [search, faults.slice(1)].filter((part) => part !== '').join('&')
    return `${basePath}${path.startsWith('/') ? '' : '/'}${path}${query === '' ? '' : `?${query}`}`
  }

  return {
    current,
    /** The extension has moved. A route that is the current one adds nothing to the history. */
    moved({ route, routeState }: Route): void {
      if (route === '') return
      const state = { routeState: routeState ?? null }
      if (route === current().route) history.replaceState(state, '', addressOf(route))
      else history.pushState(state, '', addressOf(route))
    },
    onReturn(listener: (route: Route) => void): void {
      window.addEventListener('popstate', () => listener(current()))
    },
  }
}
