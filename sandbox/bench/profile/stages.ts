/**
 * What the server does, by where the code of it is: the first entry whose text is in a frame's URL names the
 * stage. Frames that are in none (the helpers of all stages, Node's own, the language's) count for their caller.
 */
const STAGES: readonly (readonly [text: string, stage: string])[] = [
  // The rows, in their order.
  ['/server/looker/download/', 'download'],
  ['/server/looker/json-stream/', 'scan'],
  ['/server/looker/result/', 'parse'],
  ['/server/looker/transcode/', 'transcode'],
  ['/server/looker/', 'looker'],
  ['/shared/rows/', 'map'],
  ['/shared/looker-result/', 'map'],
  ['join-key-set', 'key set'],
  ['/server/heap/entity-line', 'write entities'],
  ['/server/imports/batches/', 'pack'],
  ['node:zlib', 'compress'],
  ['/server/database/', 'database'],
  ['/server/imports/reading/', 'reading'],
  ['/server/imports/sending/', 'send'],
  ['/server/imports/order/', 'order'],
  ['/server/imports/', 'imports'],
  ['/server/heap/', 'send'],
  ['/server/action-hub/', 'action hub'],
  ['/server/', 'server'],
  ['/shared/', 'shared'],
  // What is built upon.
  ['/node_modules/pg-boss/', 'pg-boss'],
  ['/node_modules/@electric-sql/', 'database'],
  ['/node_modules/comlink/', 'to the database'],
  ['/node_modules/pg/', 'database'],
  ['/node_modules/pg-', 'database'],
  ['/node_modules/undici/', 'undici'],
  ['/node_modules/', 'other packages'],
  ['node:internal/worker', 'to the database'],
  ['node:net', 'sockets and streams'],
  ['node:_http', 'sockets and streams'],
  ['node:internal/streams', 'sockets and streams'],
  ['node:internal/stream_base', 'sockets and streams'],
  ['wasm://', 'database'],
]

/** What V8 calls parts of itself. `(program)` is its own native code, and Node's. */
const OF_THE_ENGINE: ReadonlyMap<string, string> = new Map([
  ['(garbage collector)', 'garbage collector'],
  ['(program)', 'native code'],
  ['(root)', 'other'],
])

/** The stage of a frame of a profile; null: that of its caller. */
export function stageOf(functionName: string, url: string): string | null {
  const ofTheEngine = OF_THE_ENGINE.get(functionName)
  if (ofTheEngine !== undefined) return ofTheEngine
  return STAGES.find(([text]) => url.includes(text))?.[1] ?? null
}
