/** A metric that an expression asks for, with what it says of its labels. */
export type Selector = { metric: string; matchers: { label: string; operator: string; value: string }[] }

/** What an expression of PromQL names. */
export type NamedInPromql = { selectors: Selector[]; groupings: string[] }

/** Functions and aggregations that we use; an unknown one is an error, as it may be a metric that is misspelt. */
const FUNCTIONS = new Set([
  ...['sum', 'max', 'min', 'count', 'avg', 'rate', 'increase', 'histogram_quantile', 'time', 'vector'],
  'label_values',
])
const GROUPINGS = new Set(['by', 'without', 'on', 'ignoring', 'group_left', 'group_right'])
const OPERATORS = new Set(['and', 'or', 'unless', 'bool', 'offset'])

const TOKEN =
  /\s+|#[^\n]*|(?<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?<duration>\[[\w$]+\])|(?<number>\d+(?:\.\d+)?)|(?<name>[a-zA-Z_:][\w:]*)|(?<sign>=~|!~|!=|==|>=|<=|[-+*/%^(){},=<>])/gy

type Token = { kind: 'text' | 'duration' | 'number' | 'name' | 'sign'; text: string }

/** Reads an expression (https://prometheus.io/docs/prometheus/latest/querying/basics/). @throws on what it does not know */
export function readPromql(expression: string): NamedInPromql {
  const tokens = tokenize(expression)
  const selectors: Selector[] = []
  const groupings: string[] = []
  let place = 0
  let depth = 0

  function next(): Token {
    const token = tokens[place]
    place += 1
    if (!token) throw new Error(`ends too early: ${expression}`)
    return token
  }
  function expectSign(text: string): void {
    const token = next()
    if (token.text !== text) throw new Error(`${text} expected instead of ${token.text}: ${expression}`)
  }
  function isNext(text: string): boolean {
    return tokens[place]?.text === text
  }

  function readLabels(): void {
    expectSign('(')
    while (!isNext(')')) {
      groupings.push(next().text)
      if (!isNext(')')) expectSign(',')
    }
    expectSign(')')
  }

  function readMatchers(): Selector['matchers'] {
    const matchers: Selector['matchers'] = []
    if (!isNext('{')) return matchers
    expectSign('{')
    while (!isNext('}')) {
      const label = next().text
      const operator = next().text
      if (!['=', '!=', '=~', '!~'].includes(operator))
        throw new Error(`${operator} is no matcher: ${expression}`)
      matchers.push({ label, operator, value: next().text.slice(1, -1) })
      if (!isNext('}')) expectSign(',')
    }
    expectSign('}')
    return matchers
  }

  while (place < tokens.length) {
    const token = next()
    if (token.text === '(') depth += 1
    if (token.text === ')') depth -= 1
    if (token.kind !== 'name') continue
    if (GROUPINGS.has(token.text)) readLabels()
    else if (OPERATORS.has(token.text)) continue
    else if (isNext('(') || isNext('by')) {
      if (!FUNCTIONS.has(token.text)) throw new Error(`${token.text} is no function we know: ${expression}`)
    } else selectors.push({ metric: token.text, matchers: readMatchers() })
  }
  if (depth !== 0) throw new Error(`parentheses do not match: ${expression}`)
  return { selectors, groupings }
}

function tokenize(expression: string): Token[] {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < expression.length) {
    const at = TOKEN.lastIndex
    const match = TOKEN.exec(expression)
    if (!match) throw new Error(`cannot read PromQL from here: ${expression.slice(at)}`)
    for (const [kind, text] of Object.entries(match.groups ?? {})) {
      if (text !== undefined) tokens.push({ kind: kind as Token['kind'], text })
    }
  }
  return tokens
}
