import closeWithGrace from 'close-with-grace'
import { buildExtension } from './build-extension.ts'
import { freePort } from './free-port.ts'
import { importOnce } from './import-once.ts'
import { knownPeople } from './known-people.ts'
import type { Stack } from './stack.ts'
import { startStack } from './stack.ts'

/** Looker's first, then its frames', then Heap's; the next free ones are taken instead of used ones. */
const FIRST_PORT = 8090

/** Ada Admin, of the sample users. */
const ADMIN_ID = '1'

/** How long the stop may take in all: the server has its own limit, which is shorter. */
const STOP_MILLISECONDS = 30_000

async function runOnce(stack: Stack): Promise<void> {
  const { agrees, lines } = await importOnce(stack)
  console.log(lines.join('\n'))
  if (!agrees) {
    process.exitCode = 1
    console.log(stack.server.log())
  }
}

function tellWhere({ looker, lookerUrl, heapUrl, server, token, extensionSecret }: Stack): void {
  console.log(`
    Looker   ${lookerUrl}
    Heap     ${heapUrl}
`)
  if (empty) {
    const key = looker.instance.sessions.keyOf(ADMIN_ID)
    console.log(`Nothing is set up. As Ada Admin, add the action hub ${server.url}
with the authorization token ${token}
The extension's user attribute gets ${extensionSecret}
Or open Heap Data Import: set-up, and fill these in; or give the command

LOOKERSDK_BASE_URL=${lookerUrl} LOOKERSDK_CLIENT_ID=${key.clientId} LOOKERSDK_CLIENT_SECRET=${key.clientSecret} \\
PUBLIC_URL=${server.url} LOOKER_TOKEN=${token} EXTENSION_SECRET=${extensionSecret} \\
DATA_DIR=$(mktemp -d) npm run admin --silent -- setup
`)
  }
  console.log('Open them in a browser. Ctrl-C ends everything.')
}

async function findPorts() {
  const looker = await freePort(FIRST_PORT)
  const frames = await freePort(looker + 1)
  return { looker, frames, heap: await freePort(frames + 1) }
}

const once = process.argv.includes('--once')
const empty = process.argv.includes('--empty')
if (!once) {
  console.log('Building the extension ...')
  await buildExtension()
}
console.log('Starting the action server and stand-ins for Looker and Heap ...')
const starting = findPorts().then((ports) =>
  startStack({ empty, ...(once ? {} : { ports, heap: { known: knownPeople() } }) }),
)
const stopping = closeWithGrace({ delay: STOP_MILLISECONDS, logger: false }, async ({ err }) => {
  if (err) console.error(err)
  await starting.then((stack) => stack.close()).catch(() => {})
})

try {
  const stack = await starting
  if (once) await runOnce(stack)
  else tellWhere(stack)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
if (once || process.exitCode === 1) {
  stopping.uninstall()
  await starting.then((stack) => stack.close()).catch(() => {})
}
