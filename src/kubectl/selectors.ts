// Label selectors over objects that only stand in a file.

/** Equality and set selectors over an object that only stands in a file. */
export function matchesLabels(selector: string, labels: Record<string, string> = {}): boolean {
  return selector.split(/,(?![^(]*\))/).every(part => {
    const set = /^\s*([\w./-]+)\s+(in|notin)\s*\(([^)]*)\)\s*$/.exec(part)
    if (set) {
      const value = labels[set[1]!]
      const has = value !== undefined && set[3]!.split(',').some(v => v.trim() === value)
      return set[2] === 'in' ? has : !has
    }
    const equal = /^\s*([\w./-]+)\s*(!=|==|=)\s*([\w.-]*)\s*$/.exec(part)
    if (equal) return (labels[equal[1]!] === equal[3]) === (equal[2] !== '!=')
    const exists = /^\s*(!?)\s*([\w./-]+)\s*$/.exec(part)
    return !!exists && (labels[exists[2]!] !== undefined) !== (exists[1] === '!')
  })
}
