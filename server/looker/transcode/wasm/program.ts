import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'

/**
 * rows.wat, compiled. The server's main file loads this before anything else: the flags hold for the whole process,
 * and PostgreSQL, compiled in another thread meanwhile, would want ten seconds and 600 MB by them.
 */
export const PROGRAM = compile()

/** V8's fast compiler writes slow code; that the code is made anew when it is used much is switched off for PostgreSQL. */
function compile(): WebAssembly.Module {
  const bytes = readFileSync(join(import.meta.dirname, 'rows.wasm'))
  setFlagsFromString('--no-liftoff')
  try {
    return new WebAssembly.Module(bytes)
  } finally {
    setFlagsFromString('--liftoff')
  }
}
