import { parseArgs } from 'node:util'
import { errorCode } from '../../shared/error-code.ts'
import { UsageError } from './admin-errors.ts'
import type { Command, Input } from './command.ts'
import { COMMANDS } from './commands.ts'
import { helpOfAll, helpOfCommand } from './help.ts'

/** Options of every command. */
const COMMON = { help: { type: 'boolean', short: 'h' }, json: { type: 'boolean' } } as const

type Asked = { kind: 'help'; text: string } | { kind: 'run'; command: Command; input: Input }

/**
 * Reads what was written after `npm run admin --`.
 *
 * @throws UsageError
 */
export function readArguments(words: readonly string[], isTerminal: boolean): Asked {
  const [name = '', ...others] = words
  if (name === '--help' || name === '-h' || (name === 'help' && others.length === 0)) {
    return { kind: 'help', text: helpOfAll(COMMANDS) }
  }
  const wanted = name === 'help' ? others[0] : name
  const command = COMMANDS.find((known) => known.name === wanted)
  if (!command) {
    throw new UsageError(
      `${name === '' ? 'Say what to do.' : `There is no command ${JSON.stringify(wanted)}.`}\n\n${helpOfAll(COMMANDS)}`,
    )
  }
  if (name === 'help') return { kind: 'help', text: helpOfCommand(command) }
  const { values, positionals } = parse(command, others)
  if (values.help) return { kind: 'help', text: helpOfCommand(command) }
  return {
    kind: 'run',
    command,
    input: { positionals, values, json: values.json === true, isTerminal },
  }
}

function parse(
  command: Command,
  words: string[],
): { values: Record<string, string | boolean | undefined>; positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: words,
      options: { ...COMMON, ...command.options },
      allowPositionals: true,
    })
    return { values: { ...values } as Record<string, string | boolean | undefined>, positionals }
  } catch (error) {
    if (!errorCode(error).startsWith('ERR_PARSE_ARGS')) throw error
    throw new UsageError(
      `${error instanceof Error ? error.message : ''}\nUsage: npm run admin -- ${command.name} ${command.usage}`,
    )
  }
}
