// The one user of the benchmark, known to every contestant.

export const user = { name: 'reader', password: 'correct horse battery staple' }

/** What the client sends (RFC 7617). */
export const authorization: string = `Basic ${Buffer.from(`${user.name}:${user.password}`).toString('base64')}`
