// The signature base: the text that is signed, one line for each covered component (RFC 9421 §2.5).

import { serializeItem, serializeParameters, type InnerList, type Item } from 'structured-headers'
import { componentValue, type Signable } from './component-value.ts'
import { SignatureFault } from './signature-fault.ts'

export interface SignatureBase {
  /** What is signed. */
  readonly octets: Buffer
  /** Its last line: the components and parameters, as they stand in `Signature-Input`. */
  readonly params: string
}

/**
 * @param input the components and parameters.
 * @throws SignatureFault where a component is not in the message, is there twice, is unknown, or has a value that could pass for further lines.
 */
export function signatureBase(message: Signable, [components, parameters]: InnerList): SignatureBase {
  const lines = new Map<string, string>()
  for (const component of components) {
    const name = nameOf(component)
    const identifier = component[1].size === 0 ? `"${name}"` : serializeItem(component)
    if (lines.has(identifier)) throw new SignatureFault('unsupported-component', `${identifier} is covered twice.`)
    const value = componentValue(message, name, component[1])
    if (value === undefined) {
      throw new SignatureFault('missing-component', `${identifier} is covered, but is not in the message.`)
    }
    if (/[^\t -~]/.test(value)) {
      throw new SignatureFault('unsupported-component', `${identifier} holds more than printable ASCII.`)
    }
    lines.set(identifier, value)
  }
  const text = [...lines].map(([identifier, value]) => `${identifier}: ${value}\n`).join('')
  const params = `(${[...lines.keys()].join(' ')})${serializeParameters(parameters)}`
  return { octets: Buffer.from(`${text}"@signature-params": ${params}`), params }
}

/** Of a field, in lower case, or of a derived component. */
function nameOf([name]: Item): string {
  if (typeof name === 'string' && /^@?[a-z0-9!#$%&'*+.^_`|~-]+$/.test(name)) return name
  throw new SignatureFault('malformed-signature', 'A covered component is no name in lower case.')
}
