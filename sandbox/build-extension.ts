import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Builds the extension as `npm run build` does, so that what is shown is what the sources say. */
export async function buildExtension(): Promise<void> {
  await build({ root: ROOT, logLevel: 'warn' })
}
