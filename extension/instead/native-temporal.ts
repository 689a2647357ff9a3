/**
 * In place of temporal-polyfill in the bundle, see vite.config.ts: the browser's own, which most have. The
 * polyfill would be an eighth of the bundle. Where there is none, times are read as texts that are no times.
 */
export const Temporal =
  (globalThis as { Temporal?: object }).Temporal ??
  new Proxy(
    {},
    {
      get() {
        throw new RangeError('This browser knows no Temporal')
      },
    },
  )
