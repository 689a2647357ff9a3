import type { Connection, TokenKind } from '../../../database/repositories/connection-repository.ts'
import { UsageError } from '../../admin-errors.ts'
import { jsonText } from '../../output/printable.ts'
import { table } from '../../output/table.ts'
import { DEFAULT } from './named-connection.ts'
import type { Verb } from './verb.ts'

export const listVerb: Verb = {
  name: 'list',
  usage: '',
  summary: 'Shows the connections, how many tokens are good, and what they are narrowed to.',
  options: [],
  prepare({ positionals, json }) {
    if (positionals.length > 0) throw new UsageError('list takes no name: it shows all connections.')
    return async function* ({ repositories }) {
      const connections = await repositories.connections.all()
      yield json ? `${jsonText({ connections: connections.map(toJson) })}\n` : toTable(connections)
    }
  },
}

function toJson({ name, tokens, environments, origins }: Connection) {
  return {
    name,
    tokens: tokens.map(({ kind, createdAt, endsAt }) => ({ kind, createdAt, endsAt })),
    environments,
    origins,
  }
}

function toTable(connections: readonly Connection[]): string {
  return table(
    ['connection', 'action tokens', 'extension secrets', 'environments', 'origins'],
    connections.map((connection) => [
      connection.name,
      tell(connection, 'action'),
      tell(connection, 'extension'),
      connection.environments?.join(' ') ?? 'all of the server',
      connection.origins?.join(' ') ?? 'all of LOOKER_URL',
    ]),
  )
}

function tell({ name, tokens }: Connection, kind: TokenKind): string {
  const ofKind = tokens.filter((token) => token.kind === kind)
  if (ofKind.length === 0) {
    if (name !== DEFAULT) return 'none'
    return kind === 'action' ? 'of LOOKER_TOKEN' : 'of EXTENSION_SECRET'
  }
  const ends = ofKind.flatMap(({ endsAt }) => (endsAt ? [endsAt.toISOString().slice(0, 16)] : []))
  return ends.length === 0
    ? String(ofKind.length)
    : `${ofKind.length}, of which one ends ${ends.join(', ')} UTC`
}
