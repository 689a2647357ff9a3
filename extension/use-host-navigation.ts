import type { ExtensionContextData40 } from '@looker/extension-sdk-react'
import { useEffect } from 'react'
import { useHistory } from 'react-router-dom'

/**
 * Follows the browser's back and forward buttons. The SDK (25.20) tells its router only of a route that differs
 * from the last one that came from Looker, so that going back to one page twice in a row is lost. Its context
 * is a new object for every message, though.
 */
export function useHostNavigation(context: ExtensionContextData40) {
  const history = useHistory()
  useEffect(() => {
    const { route, routeState } = context
    if (!route) return
    const { pathname, search } = history.location
    if (route !== pathname + search) history.push(route, routeState)
  }, [context, history])
}
