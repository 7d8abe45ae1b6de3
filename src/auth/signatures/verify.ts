// Reading the signatures of a message, and checking one of them (RFC 9421 §3.2).

import { isInnerList, parseDictionary, type Dictionary, type InnerList } from 'structured-headers'
import { verifyOctets, type SignatureKey } from './algorithms.ts'
import type { Signable } from './component-value.ts'
import { signatureBase } from './signature-base.ts'
import { SignatureFault } from './signature-fault.ts'

export interface ReadSignature {
  readonly input: InnerList
  readonly octets: Uint8Array
}

/**
 * By their labels; none where the message has none.
 *
 * @throws SignatureFault for fields that are malformed, and for a label that only one of the two has.
 */
export function readSignatures(headers: Signable['headers']): ReadonlyMap<string, ReadSignature> {
  const [inputs, octets] = [readField(headers, 'signature-input'), readField(headers, 'signature')]
  const signatures = new Map<string, ReadSignature>()
  for (const [label, input] of inputs) {
    const [value] = octets.get(label) ?? []
    if (!isInnerList(input) || !(value instanceof ArrayBuffer)) throw malformed()
    signatures.set(label, { input, octets: new Uint8Array(value) })
  }
  if (octets.size !== inputs.size) throw malformed()
  return signatures
}

/**
 * Whether a message has a signature by this key under this label. It says nothing of what is covered, nor of when it was made.
 *
 * @throws SignatureFault where the signature is malformed, or is not for this message.
 * @example
 * verifyMessage({ status: 200, headers, request }, 'sig', { alg: 'ed25519', key })
 */
export function verifyMessage(message: Signable, label: string, key: SignatureKey): boolean {
  const signature = readSignatures(message.headers).get(label)
  return signature !== undefined && isSigned(message, signature, key)
}

export function isSigned(message: Signable, { input, octets }: ReadSignature, key: SignatureKey): boolean {
  return verifyOctets(signatureBase(message, input).octets, key, octets)
}

function readField(headers: Signable['headers'], name: string): Dictionary {
  try {
    return parseDictionary(headers.get(name) ?? '')
  } catch (cause) {
    throw malformed(cause)
  }
}

function malformed(cause?: unknown): SignatureFault {
  const detail = 'Signature-Input and Signature are dictionaries with the same labels (RFC 9421 §4).'
  return new SignatureFault('malformed-signature', detail, cause)
}
