#!/usr/bin/env node
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

// The package's command: `heap-import` starts the server, `heap-import <command>` is the command line. An older Node
// runs this file; the rest needs the one that comes with the package. Signals are passed on.

const HERE = dirname(fileURLToPath(import.meta.url))
const words = process.argv.slice(2)
const script = join(HERE, words.length === 0 ? '../main.ts' : '../admin/main.ts')
const child = spawn(
  newNode(),
  [
    '--disable-warning=ExperimentalWarning',
    '--import',
    pathToFileURL(join(HERE, 'strip-types.mjs')).href,
    script,
    ...words,
  ],
  { stdio: 'inherit' },
)
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === null ? 1 : 128)
})
child.on('error', (error) => {
  process.stderr.write(`The server could not be started: ${error.message}\n`)
  process.exitCode = 1
})

/** @returns {string} the path of Node 24 or newer */
function newNode() {
  if (Number.parseInt(process.versions.node, 10) >= 24) return process.execPath
  const own = join(dirname(createRequire(import.meta.url).resolve('node/package.json')), 'bin/node')
  return existsSync(own) ? own : process.execPath
}
