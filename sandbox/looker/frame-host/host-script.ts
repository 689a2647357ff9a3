import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const ENTRY = fileURLToPath(new URL('page/main.ts', import.meta.url))

let built: Promise<string> | undefined

/** The script of the host page, built when it is first asked for; it takes about a tenth of a second. */
export function hostScript(): Promise<string> {
  built ??= build()
  return built
}

async function build(): Promise<string> {
  const bundle = await rolldown({ input: ENTRY, platform: 'browser', logLevel: 'silent' })
  const { output } = await bundle.generate({ format: 'iife' })
  await bundle.close()
  return output[0].code
}
