import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../admin/main.ts', import.meta.url))

/** Settings that a shell may have set for a real server. */
const OWN = ['DATABASE_URL', 'DATA_DIR', 'HEAP_BATCH_SIZE']

export type AdminAnswer = { code: number | null; stdout: string; stderr: string }

/** Gives a command to the command line, in a process of its own. */
export async function runAdmin(
  environment: Record<string, string>,
  words: readonly string[],
  input = '',
): Promise<AdminAnswer> {
  const inherited = Object.entries(process.env).filter(([name]) => !OWN.includes(name))
  const child = spawn(process.execPath, [MAIN, ...words], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...Object.fromEntries(inherited), ...environment },
  })
  child.stdin.on('error', () => undefined).end(input)
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ])
  return { code, stdout, stderr }
}
