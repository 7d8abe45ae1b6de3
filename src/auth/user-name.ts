// What a user may be called.

export const userNameRule = 'must have 1 to 150 characters, without a colon and control characters'

/** Basic cannot send a colon (RFC 7617 §2), and `service:…` is what services are called. */
export function isUserName(name: unknown): name is string {
  return typeof name === 'string' && name.length <= 150 && /^[^:\p{Cc}\p{Cs}]+$/u.test(name)
}
