/** What an extension sends as `EXTENSION_API_REQUEST`. */
export type ApiRequest = { type: string; payload?: unknown }

/** Types that wait for an answer; all others are sent only. */
export const ASKED: ReadonlySet<string> = new Set([
  'VERIFY_HOST',
  'INVOKE_CORE_SDK',
  'RAW_INVOKE_CORE_SDK',
  'LOCAL_STORAGE',
  'USER_ATTRIBUTE',
  'CLIPBOARD',
  'CONTEXT_DATA',
  'INVOKE_EXTERNAL_API',
  'TILE_OPEN_SCHEDULE_DIALOG',
])
