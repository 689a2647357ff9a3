import { BUNDLE_FAILED } from '../host-config.ts'
import type { ExtensionManifest } from '../manifest/read-application.ts'
import { isDevelopmentServer } from '../url-pattern.ts'

/**
 * The document inside the frame, as Looker makes it since 22.20: a doctype and the bundle as a classic script
 * in the head; no root element, no base, no language, no title, no height. Its charset is in the header.
 *
 * @param nonce of the inline script
 */
export function frameDocument(manifest: ExtensionManifest, scriptUrl: string, nonce: string): string {
  const metadata = { entitlements: manifest.entitlements, label: manifest.label }
  return `<!DOCTYPE html>
<html>
<head>
<script nonce="${nonce}">window.lookerExtensionMetadata = ${scriptJson(metadata)}
${tellFailure(scriptUrl)}</script>
<script src="${scriptUrl.replaceAll('"', '&quot;')}"${integrity(manifest)}></script>
</head>
<body></body>
</html>
`
}

/** A bundle that is not loaded is no event that the page around the frame could see. */
function tellFailure(scriptUrl: string): string {
  return `addEventListener('error', ({ target }) => {
  if (target.src === ${scriptJson(scriptUrl)}) parent.postMessage(${scriptJson(BUNDLE_FAILED)}, '*')
}, true)`
}

/**
 * A browser checks the hash of a script from another origin only if that allows to read it, and to a
 * sandboxed frame every origin is another one. Looker ignores the hash for development servers.
 */
function integrity({ bundle, sriHash }: ExtensionManifest): string {
  if (sriHash === null || (bundle.kind === 'url' && isDevelopmentServer(bundle.url))) return ''
  return ` integrity="sha384-${sriHash}" crossorigin="anonymous"`
}

/**
 * The content security policy of the frame. That `connect-src` comes from `external_api_urls` is inferred
 * from the documentation; the real policy is unknown. Chunks beside the bundle load (the README of Looker's
 * kitchensink); the rest forbids what an extension never needs.
 */
export function framePolicy({ entitlements }: ExtensionManifest, scriptUrl: string, nonce: string): string {
  const urls = entitlements?.external_api_urls ?? []
  const frames = entitlements?.use_iframes || entitlements?.use_embeds ? '*' : "'none'"
  return [
    `connect-src ${urls.length > 0 ? urls.join(' ') : "'none'"}`,
    `script-src 'nonce-${nonce}' ${new URL('.', scriptUrl).href}`,
    `frame-src ${frames}`,
    "object-src 'none'",
    "base-uri 'none'",
  ].join('; ')
}

/** JSON that may stand in a script element. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c')
}
