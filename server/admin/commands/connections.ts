import { UsageError } from '../admin-errors.ts'
import type { Command } from '../command.ts'
import { quoted } from '../find-import.ts'
import { addVerb } from './connections/add.ts'
import { listVerb } from './connections/list.ts'
import { narrowVerb } from './connections/narrow.ts'
import { removeVerb } from './connections/remove.ts'
import { rotateVerb } from './connections/rotate.ts'
import type { Verb } from './connections/verb.ts'

const VERBS: readonly Verb[] = [listVerb, addVerb, rotateVerb, narrowVerb, removeVerb]

export const connectionsCommand: Command = {
  name: 'connections',
  usage: `(${VERBS.map(({ name }) => name).join(' | ')}) [<name>] [options]`,
  summary:
    'Says who may call the server: lists, adds, narrows and removes connections, and gives them new tokens.',
  help: [
    '',
    ...VERBS.flatMap(({ name, usage, summary }) => [`  ${`${name} ${usage}`.trim()}`, `      ${summary}`]),
  ],
  options: {
    kind: { type: 'string' },
    keep: { type: 'string' },
    environments: { type: 'string' },
    origins: { type: 'string' },
  },
  prepare(input) {
    const [word = 'list', ...positionals] = input.positionals
    const verb = VERBS.find(({ name }) => name === word)
    if (!verb) {
      const names = VERBS.map(({ name }) => name).join(', ')
      throw new UsageError(`connections ${quoted(word)} is not known. There are ${names}.`)
    }
    const foreign = Object.keys(input.values).find(
      (option) => option !== 'json' && !verb.options.includes(option),
    )
    if (foreign !== undefined) {
      throw new UsageError(
        `--${foreign} is no option of ${verb.name}: connections ${verb.name} ${verb.usage}`.trim(),
      )
    }
    return verb.prepare({ ...input, positionals })
  },
}
