// What was asked for cannot be done as it was written.

export class UsageError extends Error {}
