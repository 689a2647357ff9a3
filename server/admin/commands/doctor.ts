import { RefusedError, UsageError } from '../admin-errors.ts'
import type { Command, Outside } from '../command.ts'
import { diagnose } from '../doctor/diagnose.ts'
import type { Finding } from '../doctor/finding.ts'
import { CHECKS } from '../doctor/finding.ts'
import { jsonText, printable } from '../output/printable.ts'

const MARKS: Record<Finding['state'], string> = {
  fine: 'ok     ',
  warning: 'warning',
  problem: 'PROBLEM',
  not_checked: '-      ',
}

export const doctorCommand: Command = {
  name: 'doctor',
  usage: '',
  summary: 'Checks everything between Looker and Heap, and says of each thing that is wrong what to do.',
  help: [
    '',
    'Beside the running server, with its settings (PUBLIC_URL, LOOKER_TOKEN, EXTENSION_SECRET, ...) and, for what is in',
    'Looker, the same API key as setup. It changes nothing; its test delivery is a dry run of one row, which Heap is not',
    'sent. Exit code 1: something is a problem.',
  ],
  options: {},
  prepare({ positionals, json }) {
    if (positionals.length > 0) throw new UsageError('doctor takes no words.')
    return { kind: 'outside', run: (outside) => report(outside, json) }
  },
}

async function* report({ environment }: Outside, json: boolean): AsyncGenerator<string> {
  const findings = await diagnose(environment)
  const problems = findings.filter(({ state }) => state === 'problem').length
  const checks = findings.map((finding) => ({ ...finding, title: CHECKS[finding.id] }))
  if (json) yield `${jsonText({ ok: problems === 0, checks })}\n`
  else yield* checks.map(line)
  if (problems > 0) {
    throw new RefusedError(`${problems === 1 ? '1 check' : `${problems} checks`} found a problem.`)
  }
}

const WIDTH = Math.max(...Object.values(CHECKS).map((title) => title.length))

function line({ state, title, found, remedy }: Finding & { title: string }): string {
  const first = `${MARKS[state]}  ${title.padEnd(WIDTH)}  ${printable(found)}\n`
  return remedy === null ? first : `${first}${' '.repeat(9 + WIDTH + 2)}-> ${printable(remedy)}\n`
}
