import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { ExtensionManifest } from './read-manifest.ts'
import { readManifest } from './read-manifest.ts'

/** Where the extension is: its manifest, read anew for every page, and the folder of the LookML project. */
export type ExtensionSource = {
  manifest: () => Promise<ExtensionManifest>
  directory: string
}

/** @param constants that the admin overrides; known when the manifest is read */
export function projectSource(
  manifestFile: string,
  constants: () => Readonly<Record<string, string>> = () => ({}),
): ExtensionSource {
  return {
    directory: path.dirname(manifestFile),
    manifest: async () => readManifest(await readFile(manifestFile, 'utf8'), constants()),
  }
}
