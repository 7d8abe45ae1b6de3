// Tells a value from SQL that the database works out, which a column's default or a program may give in its place.

export function isExpression(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'getSQL' in value
}
