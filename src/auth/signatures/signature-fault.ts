// What is wrong with a signature, before any key is asked.

export type SignatureFaultCode = 'malformed-signature' | 'missing-component' | 'unsupported-component'

/** Thrown for a message that cannot be signed so, and for one whose signature cannot be checked. */
export class SignatureFault extends Error {
  override readonly name = 'SignatureFault'
  readonly code: SignatureFaultCode

  constructor(code: SignatureFaultCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause })
    this.code = code
  }
}
