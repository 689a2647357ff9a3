/** Of servers that only stand-ins call: as long as a server asks for, and good on this machine only. */
export const SANDBOX_TOKEN = 'the-token-of-stand-ins-on-this-machine'

/** What the extension has instead; good for its own calls only. */
export const SANDBOX_EXTENSION_SECRET = 'the-secret-of-the-extension-on-this-machine'
