/** Rows as text: every cell as wide as the widest of its column, `gap` blanks behind each; a row may have fewer cells. */
export function table(rows: readonly (readonly string[])[], gap: number): string {
  const columns = Math.max(...rows.map(row => row.length))
  const widths = Array.from(
    { length: columns },
    (_, i) => Math.max(...rows.map(row => row[i]?.length ?? 0)) + gap,
  )
  return rows.map(row => `${row.map((cell, i) => cell.padEnd(widths[i]!)).join('')}\n`).join('')
}
