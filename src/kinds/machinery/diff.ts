// The unified diff that messages show: go-difflib (Python's difflib) over pretty-printed JSON, three lines of context.
// Its matching blocks are the longest common runs, popular lines aside, so its hunks differ from those of diff(1).

interface Match {
  readonly a: number
  readonly b: number
  readonly size: number
}

function positions(lines: readonly string[]): Map<string, number[]> {
  const index = new Map<string, number[]>()
  lines.forEach((line, i) => {
    const list = index.get(line)
    if (list) list.push(i)
    else index.set(line, [i])
  })
  // autojunk: in long texts a line that makes up more than a hundredth says nothing.
  if (lines.length >= 200) {
    const limit = Math.floor(lines.length / 100) + 1
    for (const [line, list] of index) if (list.length > limit) index.delete(line)
  }
  return index
}

function matchingBlocks(a: readonly string[], b: readonly string[]): Match[] {
  const index = positions(b)
  const longest = (alo: number, ahi: number, blo: number, bhi: number): Match => {
    let best = { a: alo, b: blo, size: 0 }
    let lengths = new Map<number, number>()
    for (let i = alo; i < ahi; i++) {
      const next = new Map<number, number>()
      for (const j of index.get(a[i]!) ?? []) {
        if (j < blo) continue
        if (j >= bhi) break
        const size = (lengths.get(j - 1) ?? 0) + 1
        next.set(j, size)
        if (size > best.size) best = { a: i - size + 1, b: j - size + 1, size }
      }
      lengths = next
    }
    while (best.a > alo && best.b > blo && a[best.a - 1] === b[best.b - 1])
      best = { a: best.a - 1, b: best.b - 1, size: best.size + 1 }
    while (
      best.a + best.size < ahi &&
      best.b + best.size < bhi &&
      a[best.a + best.size] === b[best.b + best.size]
    )
      best = { ...best, size: best.size + 1 }
    return best
  }
  const blocks: Match[] = []
  const search = (alo: number, ahi: number, blo: number, bhi: number): void => {
    const match = longest(alo, ahi, blo, bhi)
    if (!match.size) return
    if (alo < match.a && blo < match.b) search(alo, match.a, blo, match.b)
    blocks.push(match)
    if (match.a + match.size < ahi && match.b + match.size < bhi)
      search(match.a + match.size, ahi, match.b + match.size, bhi)
  }
  search(0, a.length, 0, b.length)
  const merged: Match[] = []
  for (const block of blocks) {
    const last = merged.at(-1)
    if (last && last.a + last.size === block.a && last.b + last.size === block.b)
      merged[merged.length - 1] = { ...last, size: last.size + block.size }
    else merged.push(block)
  }
  merged.push({ a: a.length, b: b.length, size: 0 })
  return merged
}

type Operation = readonly [tag: 'equal' | 'change', a0: number, a1: number, b0: number, b1: number]

function groups(a: readonly string[], b: readonly string[], context: number): Operation[][] {
  const operations: Operation[] = []
  let i = 0
  let j = 0
  for (const { a: ai, b: bj, size } of matchingBlocks(a, b)) {
    if (i < ai || j < bj) operations.push(['change', i, ai, j, bj])
    if (size) operations.push(['equal', ai, ai + size, bj, bj + size])
    i = ai + size
    j = bj + size
  }
  const list: Operation[][] = []
  let group: Operation[] = []
  operations.forEach((operation, n) => {
    let [tag, a0, a1, b0, b1] = operation
    if (tag === 'equal') {
      if (n === 0) {
        a0 = Math.max(a0, a1 - context)
        b0 = Math.max(b0, b1 - context)
      }
      const last = n === operations.length - 1
      if (last || a1 - a0 > 2 * context) {
        if (n > 0) {
          group.push(['equal', a0, Math.min(a1, a0 + context), b0, Math.min(b1, b0 + context)])
          list.push(group)
          group = []
          if (last) return
        }
        a0 = Math.max(a0, a1 - context)
        b0 = Math.max(b0, b1 - context)
      }
    }
    group.push([tag, a0, a1, b0, b1])
  })
  if (group.some(([tag]) => tag === 'change')) list.push(group)
  return list
}

const range = (start: number, end: number): string => {
  const length = end - start
  return length === 1 ? `${start + 1}` : `${length ? start + 1 : start},${length}`
}

/** diff.Diff of apimachinery: the two values as JSON with an indent of one space, then the hunks. */
export function diffValues(old: unknown, value: unknown): string {
  const a = JSON.stringify(old, null, 1).split('\n')
  const b = JSON.stringify(value, null, 1).split('\n')
  return groups(a, b, 3)
    .map(group => {
      const first = group[0]!
      const last = group.at(-1)!
      const lines = group.flatMap(([tag, a0, a1, b0, b1]) =>
        tag === 'equal'
          ? a.slice(a0, a1).map(line => ` ${line}`)
          : [...a.slice(a0, a1).map(line => `-${line}`), ...b.slice(b0, b1).map(line => `+${line}`)],
      )
      return `@@ -${range(first[1], last[2])} +${range(first[3], last[4])} @@\n${lines.join('\n')}\n`
    })
    .join('')
}
