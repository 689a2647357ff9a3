/** In tests the extension of a connection has a secret that goes with the token of its action. */
export function extensionSecretOf(token: string): string {
  return `${token}-and-of-its-extension`
}
