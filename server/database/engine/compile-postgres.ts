import { readFile } from 'node:fs/promises'

/** PostgreSQL as PGlite brings it, compiled; threads of one process share it. */
export type CompiledPostgres = object

/** TypeScript describes it for browsers only. */
const { WebAssembly } = globalThis as unknown as {
  WebAssembly: { compile: (bytes: Uint8Array) => Promise<CompiledPostgres> }
}

/** Takes longer than starting it does. */
export async function compilePostgres(): Promise<CompiledPostgres> {
  const file = new URL('./pglite.wasm', import.meta.resolve('@electric-sql/pglite'))
  return WebAssembly.compile(await readFile(file))
}
