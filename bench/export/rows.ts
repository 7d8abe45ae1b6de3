// How many rows are exported.

export const ROWS: number = Number(process.env['BENCH_ROWS'] ?? 1_000_000)
