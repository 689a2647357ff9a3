import closeWithGrace from 'close-with-grace'
import { freePort } from './free-port.ts'
import { importOnce } from './import-once.ts'
import { createPageServer } from './page/page-server.ts'
import type { Stack } from './stack.ts'
import { startStack } from './stack.ts'

const PAGE_PORT = 8090

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

async function servePage({ looker, heapUrl, server }: Stack): Promise<() => Promise<void>> {
  const page = createPageServer({ looker, heapUrl, serverUrl: server.url })
  const url = await page.listen({ host: '127.0.0.1', port: await freePort(PAGE_PORT) })
  console.log(`\n    ${url}\n\nOpen it in a browser. Ctrl-C ends everything.`)
  return () => page.close()
}

const once = process.argv.includes('--once')
console.log('Starting the action server and stand-ins for Looker and Heap ...')
const starting = startStack()
let closePage = async () => {}
const stopping = closeWithGrace({ delay: STOP_MILLISECONDS, logger: false }, async ({ err }) => {
  if (err) console.error(err)
  await closePage()
  await starting.then((stack) => stack.close()).catch(() => {})
})

try {
  const stack = await starting
  if (once) await runOnce(stack)
  else closePage = await servePage(stack)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
if (once || process.exitCode === 1) {
  stopping.uninstall()
  await starting.then((stack) => stack.close()).catch(() => {})
}
