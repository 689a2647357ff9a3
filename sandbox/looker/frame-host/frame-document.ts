import type { ExtensionManifest } from './read-manifest.ts'

/**
 * The document inside the frame, as Looker makes it since 22.20: a doctype and the bundle as a classic script
 * in the head; no root element, no base, no charset, no language, no title, no height.
 *
 * @param nonce of the inline script
 */
export function frameDocument(manifest: ExtensionManifest, scriptUrl: string, nonce: string): string {
  const metadata = { entitlements: manifest.entitlements, label: manifest.label }
  return `<!DOCTYPE html>
<html>
<head>
<script nonce="${nonce}">window.lookerExtensionMetadata = ${scriptJson(metadata)}</script>
<script src="${scriptUrl.replaceAll('"', '&quot;')}"></script>
</head>
<body></body>
</html>
`
}

/**
 * The content security policy of the frame. That `connect-src` comes from `external_api_urls` is inferred
 * from the documentation; the real policy is unknown. The rest forbids what a single script never needs.
 */
export function framePolicy({ entitlements }: ExtensionManifest, scriptUrl: string, nonce: string): string {
  const urls = entitlements?.external_api_urls ?? []
  const frames = entitlements?.use_iframes || entitlements?.use_embeds ? '*' : "'none'"
  return [
    `connect-src ${urls.length > 0 ? urls.join(' ') : "'none'"}`,
    `script-src 'nonce-${nonce}' ${scriptUrl.split(/[?#]/)[0]}`,
    `frame-src ${frames}`,
    "object-src 'none'",
    "base-uri 'none'",
  ].join('; ')
}

/** JSON that may stand in a script element. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c')
}
