import { text as readAll } from 'node:stream/consumers'
import { forgetKey } from '../../imports/repair/forget-key.ts'
import { RefusedError, UsageError } from '../admin-errors.ts'
import type { Command } from '../command.ts'
import { quoted } from '../find-import.ts'
import type { Admin } from '../open-admin.ts'
import { jsonText } from '../output/printable.ts'
import { facts } from '../output/table.ts'

export const forgetCommand: Command = {
  name: 'forget',
  usage: '(<join key> | --stdin) [--connection <name>]',
  summary: 'Erases a person from the database: the join key, what Heap said of it, and rows that wait.',
  help: [
    '',
    '  --connection  whose imports; may be left out while there is only one',
    '  --stdin       reads the key from standard input, so that it stands in no history of a shell',
    '',
    'The key is compared exactly as it came from Looker, capitals and spaces included. What Heap has already is not',
    'touched: delete it there. A key that begins with a dash is written after --.',
  ],
  options: { connection: { type: 'string' }, stdin: { type: 'boolean' } },
  async prepare({ positionals, values, json }) {
    const key = await readKey(positionals, values.stdin === true)
    const name = typeof values.connection === 'string' ? values.connection : undefined
    return async function* (admin) {
      const { repositories } = admin
      const connection = await findConnection(admin, name)
      const found = await forgetKey(connection.id, key, repositories)
      if (json) yield `${jsonText({ connection: connection.name, ...found })}\n`
      else {
        yield facts([
          ['connection', connection.name],
          ['rejected rows', found.rejectedRows],
          ['texts of Heap', found.texts],
          ['rows kept for another try', found.keptRows],
          ['waiting rows', found.waitingRows],
          ['rows in flight', found.rowsInFlight],
          ['fingerprints', found.fingerprints],
          ['tests', found.tests],
        ])
        const isNothing = Object.values(found).every((count) => count === 0)
        yield isNothing
          ? 'Nothing of this key is stored: is it written exactly as it came from Looker?\n'
          : 'What was found is erased here. What Heap has is not touched: delete it there.\n'
      }
      if (found.rowsInFlight > 0) {
        throw new RefusedError(
          'Rows in flight are not erased: they are at Heap at this moment. Give the command again in a minute.',
        )
      }
    }
  },
}

async function readKey(positionals: readonly string[], fromStdin: boolean): Promise<string> {
  const [key, more] = positionals
  if (more !== undefined) throw new UsageError('Name one join key, in quotes when it has spaces.')
  if (fromStdin === (key !== undefined)) throw new UsageError('Name one join key, or give --stdin instead.')
  const read = key ?? (await readAll(process.stdin)).replace(/\r?\n$/, '')
  if (read === '') throw new UsageError('The join key is empty.')
  return read
}

/** @throws RefusedError */
async function findConnection({ repositories }: Admin, name: string | undefined) {
  const connections = await repositories.connections.all()
  const [only, other] = connections
  if (name === undefined && only && !other) return only
  const found = connections.find((entry) => entry.name === name)
  if (found) return found
  const names = connections.map((entry) => quoted(entry.name)).join(', ')
  throw new RefusedError(
    name === undefined
      ? `Say whose imports with --connection. There are ${names}.`
      : `There is no connection ${quoted(name)}. There are ${names}.`,
  )
}
