import { LookerError } from './looker-error.ts'

/** `invalid`: not the JSON that an action gets; `too-large`: over a limit of `readEnvelope`. */
export type EnvelopeFault = 'invalid' | 'too-large'

/** The body of Looker's execute request cannot be read. The message says what to do and quotes nothing of it. */
export class EnvelopeError extends LookerError {
  override readonly name = 'EnvelopeError'
  readonly fault: EnvelopeFault

  constructor(fault: EnvelopeFault, message: string) {
    super(message)
    this.fault = fault
  }
}
