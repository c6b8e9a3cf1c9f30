// The columns of tables, from the definitions that the real server served.

interface Column {
  readonly name: string
  readonly type: string
  readonly format: string
  readonly description: string
  readonly priority: number
}

/** `lines`: a resource and its columns, as src/kinds/columns.ts reads them. `descriptions`: of the columns, in their order. */
export function columnsOf(served: Readonly<Record<string, readonly Column[]>>): {
  lines: string[]
  descriptions: Record<string, string[]>
} {
  const lines: string[] = []
  const descriptions: Record<string, string[]> = {}
  for (const [resource, list] of Object.entries(served)) {
    const cells = list.map(c => {
      const type = c.type === 'string' ? '' : `:${c.type[0]}`
      const odd = (c.format === 'name') !== (c.name === 'Name') ? '!' : ''
      return `${c.name}${type}${c.priority ? '*' : ''}${odd}`
    })
    lines.push(`${resource}|${cells.join('|')}`)
    descriptions[resource] = list.map(c => c.description)
  }
  return { lines, descriptions }
}
