/**
 * In place of temporal-polyfill in the bundle, see vite.config.ts: the browser's own, which most have. The
 * polyfill would be an eighth of the bundle, for the times of one row that is shown as an example.
 */
export const { Temporal } = globalThis as { Temporal?: unknown }
