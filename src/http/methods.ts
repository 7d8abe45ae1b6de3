// The methods of HTTP, by what they mean (RFC 9110 §9.2, RFC 10008).

/** Methods that some resource of this layer can implement; any other is 501 (RFC 9110 §15.6.2). */
export const knownMethods = ['GET', 'HEAD', 'POST', 'QUERY', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

/** Those that select a representation, and are conditional as a GET is (RFC 10008 §2.6 for QUERY). */
export const readMethods: readonly string[] = ['GET', 'HEAD', 'QUERY']

export function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'QUERY'
}

/** Whether it asks for no change (§9.2.1). */
export function isSafe(method: string): boolean {
  return isRead(method) || method === 'OPTIONS'
}
