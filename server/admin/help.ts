import type { Command } from './command.ts'

/** What `--help` says without a command. */
export function helpOfAll(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length))
  return [
    'Usage: npm run admin --silent -- <command> [options]',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    'Every command takes --json (one JSON document instead of text) and --help.',
    'It works on the database of the server: set DATABASE_URL or DATA_DIR as the server has it. A PostgreSQL may be in',
    'use meanwhile; of the embedded database the server has to be stopped first.',
    'Exit codes: 0 done, 1 refused or not found, 2 wrong usage.',
    '',
  ].join('\n')
}

/** What `<command> --help` says. */
export function helpOfCommand({ name, usage, summary, help }: Command): string {
  return [`Usage: npm run admin --silent -- ${name} ${usage}`, '', summary, ...help, ''].join('\n')
}
