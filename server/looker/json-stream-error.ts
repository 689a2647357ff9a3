/**
 * Why a byte stream cannot be read as JSON:
 * `ended` it broke off, `syntax` it is no JSON, `depth` nested too deeply, `size` over a limit, `encoding` no UTF-8.
 */
export type JsonStreamFault = 'ended' | 'syntax' | 'depth' | 'size' | 'encoding'

/** Thrown by the byte level; the readers above turn it into an error that tells the analyst what to do. */
export class JsonStreamError extends Error {
  override readonly name = 'JsonStreamError'
  readonly fault: JsonStreamFault

  constructor(fault: JsonStreamFault) {
    super(fault)
    this.fault = fault
  }
}
