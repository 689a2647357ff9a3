import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/**
 * Measures something in a process of its own, which is given its settings as JSON and sends one message.
 *
 * @returns the message, or why there is none
 */
export async function askProcess<Result extends object>(
  script: `${string}.ts`,
  settings: object,
  nodeArguments: readonly string[] = [],
): Promise<{ kind: 'answered'; result: Result } | { kind: 'failed'; problem: string }> {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), [JSON.stringify(settings)], {
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    execArgv: [...nodeArguments],
  })
  let errors = ''
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
    errors += piece
  })
  let result: Result | undefined
  child.once('message', (message) => {
    result = message as Result
  })
  await once(child, 'exit')
  if (result) return { kind: 'answered', result }
  const problem = /heap out of memory/.test(errors) ? 'out of memory' : errors.trim().split('\n').at(-1)
  return { kind: 'failed', problem: problem || 'its process said nothing' }
}
