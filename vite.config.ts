import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'
import { defineConfig } from 'vite'

/** What the bundler says of those re-exports, and of `use client` in libraries. */
const EXPECTED = new Set(['SHIMMED_EXPORT', 'MODULE_LEVEL_DIRECTIVE'])

/**
 * Builds the extension as Looker loads it: one classic script, without imports, CSS files or further chunks.
 * The frame's charset is unknown, so the script is ASCII only.
 */
export default defineConfig({
  define: { 'process.env.NODE_ENV': JSON.stringify('production') },
  oxc: { jsx: { runtime: 'classic' } },
  plugins: [printSize()],
  resolve: {
    alias: [
      // Every browser that Looker supports has promises; the polyfill of @looker/chatty would only weigh.
      { find: 'es6-promise/auto', replacement: instead('no-polyfill.ts') },
      { find: 'temporal-polyfill', replacement: instead('native-temporal.ts') },
      // @looker/components translates its few texts with i18next and dates of all languages: 17 KB for English.
      { find: /^(?:@looker\/i18n|i18next)$/, replacement: instead('looker-i18n.ts') },
      // The same: the extension shows no calendar of @looker/components, so its dates need no language.
      { find: 'date-fns/locale/en-US', replacement: instead('no-polyfill.ts') },
      // @looker/components-providers puts fonts into the head with it, which the theme does not have: 5 KB.
      { find: 'react-helmet-async', replacement: instead('no-helmet.tsx') },
      // @looker/extension-sdk compares Looker's version with `>=21.7` and the like, no more: 6 KB.
      { find: 'semver/ranges/intersects', replacement: instead('looker-version.ts') },
      // @looker/components uses some thirty functions of lodash; their successors weigh 5 KB less.
      { find: /^lodash\/(\w+)$/, replacement: 'es-toolkit/compat/$1' },
    ],
  },
  build: {
    target: 'es2022',
    outDir: 'dist',
    copyPublicDir: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      input: 'extension/main.tsx',
      // @looker/components 5.0.3 and @looker/sdk re-export TypeScript types from their JavaScript.
      shimMissingExports: true,
      onLog: (level, log, print) => {
        if (!EXPECTED.has(log.code ?? '')) print(level, log)
      },
      output: { format: 'iife', entryFileNames: 'bundle.js', charset: 'ascii' },
    },
  },
})

/** A file of ours that takes the place of a library's. */
function instead(file: string): string {
  return join(import.meta.dirname, 'extension/instead', file)
}

function printSize(): Plugin {
  let outDir = 'dist'
  return {
    name: 'print-size',
    configResolved: (config) => {
      outDir = config.build.outDir
    },
    async closeBundle() {
      const script = await readFile(join(outDir, 'bundle.js'))
      const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(0)} KB`
      process.stdout.write(
        `bundle.js: ${kilobytes(script.length)}, ${kilobytes(gzipSync(script).length)} gzip\n`,
      )
    },
  }
}
