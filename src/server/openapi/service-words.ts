// What an OpenAPI document says of all lists and writes at once, so that no model repeats it.

export const wordsOfService = `Models as resources.

**Lists** are filtered by parameters: \`field=value\`, or with an operator, \`field__operator=value\`; all of them must hold.
Operators are \`eq\`, \`ne\`, \`lt\`, \`lte\`, \`gt\`, \`gte\`, \`range\` (the first and the last), \`in\` and \`nin\` (these three repeat the parameter), \`isnull\`, for lists \`has\` and, for texts,
\`contains\`, \`icontains\`, \`startswith\`, \`istartswith\`, \`endswith\`, \`iendswith\` and \`iexact\`. Dots lead along relations, to rows that are referred
to and to rows that refer: \`shop.name__icontains=moda\`. Pages are followed by the \`next\` links of HAL and of the \`Link\` field. A parameter, field
or operator that does not exist is 400 with what does.

**Writes** may be guarded by \`If-Match\` with the entity tag of the row, which HAL also shows as \`_etag\`; the condition is decided inside the write.

**Problems** are documents of RFC 9457 with a stable \`code\`, and with a JSON pointer or a parameter for each fault.`
