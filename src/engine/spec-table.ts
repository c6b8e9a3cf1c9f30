// Tables that are written as one string, so that the many that a program has stay small. Each is read once.

/** A reader of such tables: words apart from each other by blanks, each of which `parse` understands. */
export function specTables<Spec>(parse: (word: string) => Spec): (text: string) => readonly Spec[] {
  const tables = new Map<string, readonly Spec[]>()
  return text => {
    let table = tables.get(text)
    if (!table) {
      table = text.split(/\s+/).filter(Boolean).map(parse)
      tables.set(text, table)
    }
    return table
  }
}
