// Where a printer column looks: the JSON paths that CustomResourceDefinitions write there, names, indexes, a star and a
// comparison: `.status.conditions[?(@.type=="Ready")].status`. Of several hits the first is printed.
// apiextensions-apiserver/pkg/registry/customresource/tableconvertor.

const token =
  /\.?((?:[\w-]|\\.)+)|\[(-?\d+)\]|\['([^']+)'\]|(\.?\[\*\]|\.\*)|\[\?\(@((?:\.[\w-]+)+)\s*==\s*(?:"([^"]*)"|'([^']*)'|([\w.-]+))\s*\)\]/y

const own = (value: unknown, name: string): unknown =>
  value !== null && typeof value === 'object' && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined
const all = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value !== null && typeof value === 'object' ? Object.values(value) : []

/** What the path leads to first; undefined where that is nothing, or the path none that is read here. */
export function firstAt(object: unknown, path: string): unknown {
  let values: unknown[] = [object]
  token.lastIndex = 0
  while (token.lastIndex < path.length) {
    const match = token.exec(path)
    if (!match) return
    const [, name, index, quoted, star, asked, ...texts] = match
    const key = quoted ?? name?.replaceAll('\\', '')
    values = (
      key !== undefined
        ? values.map(value => own(value, key))
        : index !== undefined
          ? values.map(value => (Array.isArray(value) ? value.at(Number(index)) : undefined))
          : star
            ? values.flatMap(all)
            : values.flatMap(all).filter(each => {
                const found = (asked ?? '').split('.').slice(1).reduce(own, each)
                return found !== undefined && String(found) === texts.find(text => text !== undefined)
              })
    ).filter(value => value !== undefined)
  }
  return values[0]
}
