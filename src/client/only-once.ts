// The key of a request that must not be done twice.

/** With this key a request is done once, however often it is sent (draft-ietf-httpapi-idempotency-key-header). Browsers have no randomUUID on plain http. */
export function onlyOnce(): Readonly<Record<string, string>> {
  const octets = crypto.getRandomValues(new Uint8Array(16))
  return { 'idempotency-key': `"${btoa(String.fromCharCode(...octets))}"` }
}
