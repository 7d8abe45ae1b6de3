// Signing any message (RFC 9421 §3.1).

import { isInnerList, parseList, type InnerList } from 'structured-headers'
import { signOctets, type SignatureKey } from './algorithms.ts'
import type { Signable } from './component-value.ts'
import { signatureBase } from './signature-base.ts'
import { SignatureFault } from './signature-fault.ts'

/** To be added to the message. */
export interface SignatureFields {
  readonly 'signature-input': string
  readonly signature: string
}

/**
 * Signs a request or a response, for whom it was agreed upon with: between services, `signing()` and `signed()` do all of it.
 *
 * @param input the components and parameters, as in `Signature-Input`.
 * @throws SignatureFault where that is none, or not for this message.
 * @example
 * const fields = signMessage({ status: 200, headers, request }, '("@status" "signature";req;key="shop");created=1618884473', key)
 */
export function signMessage(message: Signable, input: string, key: SignatureKey, label = 'sig'): SignatureFields {
  return signInput(message, readInput(input), key, label)
}

export function signInput(message: Signable, input: InnerList, key: SignatureKey, label: string): SignatureFields {
  const { octets, params } = signatureBase(message, input)
  const signature = signOctets(octets, key).toString('base64')
  return { 'signature-input': `${label}=${params}`, signature: `${label}=:${signature}:` }
}

function readInput(text: string): InnerList {
  try {
    const [input, ...more] = parseList(text)
    if (input !== undefined && more.length === 0 && isInnerList(input)) return input
  } catch (cause) {
    throw new SignatureFault('malformed-signature', notOne, cause)
  }
  throw new SignatureFault('malformed-signature', notOne)
}

const notOne = 'What is to be signed is one inner list with parameters (RFC 9421 §2.3).'
