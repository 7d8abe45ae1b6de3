// What one question may cost: every limit of the query language in one object. Counted before the database is asked.

/** A question beyond one of these is refused, and the limit is named. The length of the URL is the layer's own (414). */
export const limits = {
  /** Rows of a page. */
  pageSize: { standard: 50, largest: 1_000 },
  /** Rows of a page inside another row. */
  embeddedPageSize: { standard: 20, largest: 200 },
  /** Rows passed over; cursors have no such limit. */
  offset: 10_000,
  /** Different query parameters of any kind. */
  parameters: 100,
  filters: 50,
  /** Values of one `in` or `nin`. */
  listLength: 500,
  sortFields: 8,
  /** Relations that one name leads through; each is a subquery inside the one before. */
  relationDepth: 3,
  /** Objects and lists inside each other in a filter that is JSON. */
  treeDepth: 10,
  /** Comparisons in a filter that is JSON. */
  treeComparisons: 100,
  /** Values in a filter that is JSON. */
  treeValues: 2_000,
  expandPaths: 8,
  expandDepth: 3,
  /** Characters of a key that is written, as it stands in a URL: cursors and each link of its row hold it, too. */
  key: 2_000,
  /** Rows that an answer may hold at most, embedded ones included, if every page is full. */
  shownRows: 50_000,
} as const
