import { createHash } from 'node:crypto'
import type { ExtensionSource } from '../extension-source.ts'
import type { ExtensionManifest } from '../manifest/read-application.ts'
import { isDevelopmentServer } from '../url-pattern.ts'
import { readProjectFile } from './project-files.ts'

/** Why did the browser not load the bundle? A text for the developer of the extension. */
export async function bundleProblem(source: ExtensionSource, extension: ExtensionManifest): Promise<string> {
  const { bundle, sriHash } = extension
  if (bundle.kind === 'file') {
    const found = await readProjectFile(source, bundle.file)
    if (!found) return `There is no ${bundle.file} in the project. Build the extension (npm run build).`
    return hashProblem(sriHash, found.content) ?? `The browser refused ${bundle.file}; its console says why.`
  }
  const { url } = bundle
  const response = await fetch(url).catch((error: Error) => error)
  if (response instanceof Error) return `${url} does not answer: is its server running?`
  if (!response.ok) return `${url} answers ${response.status}. Is the extension built (npm run build)?`
  if (sriHash !== null && !isDevelopmentServer(url)) {
    const problem = hashProblem(sriHash, Buffer.from(await response.arrayBuffer()))
    if (problem) return problem
    if (!response.headers.has('access-control-allow-origin')) {
      return `${url} is answered without Access-Control-Allow-Origin, which a sri_hash needs.`
    }
  }
  return `The browser refused ${url}; its console says why.`
}

function hashProblem(sriHash: string | null, content: Buffer): string | undefined {
  if (sriHash === null) return undefined
  const actual = createHash('sha384').update(content).digest('base64')
  if (actual === sriHash) return undefined
  return `The bundle is not loaded: its hash is not the sri_hash of the manifest. That of the bundle is ${actual}.`
}
