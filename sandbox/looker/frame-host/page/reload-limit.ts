/** After so many reloads within the window an extension is not loaded again (Looker's kitchensink). */
const MOST = 3

const WINDOW_MILLISECONDS = 30_000

export const RELOADS_ENDED = `The extension was unloaded more than ${MOST} times within ${WINDOW_MILLISECONDS / 1000} seconds, so it is not loaded again. An extension must not leave its document. Reload the page to start anew.`

/** Counts the reloads of a frame. */
export function createReloadLimit() {
  let reloads: number[] = []
  return {
    /** @param now milliseconds */
    mayReload(now: number): boolean {
      reloads = reloads.filter((time) => now - time < WINDOW_MILLISECONDS)
      if (reloads.length >= MOST) return false
      reloads.push(now)
      return true
    },
  }
}
