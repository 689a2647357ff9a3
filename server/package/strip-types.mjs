import { readFileSync } from 'node:fs'
import { registerHooks, stripTypeScriptTypes } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

// Node runs TypeScript as it is, but not below a folder node_modules, where a package manager puts this package.
// Loaded by --import, so that threads have it too.

const ROOT = pathToFileURL(`${dirname(dirname(dirname(fileURLToPath(import.meta.url))))}/`).href

registerHooks({
  load(url, context, nextLoad) {
    const isOurs =
      url.startsWith(ROOT) && !url.slice(ROOT.length).includes('node_modules/') && url.endsWith('.ts')
    if (!isOurs) return nextLoad(url, context)
    const source = stripTypeScriptTypes(readFileSync(new URL(url), 'utf8'))
    return { format: 'module', source, shortCircuit: true }
  },
})
