/**
 * How a word's places are filled: `fill('{n} lessons', { n: 3 })`. Of two words that a place has itself the first is for
 * one: `{n} {n|lesson|lessons}`.
 */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(
    /\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}/g,
    (whole, name: string, one: string | undefined, several: string) => {
      const value = values[name]
      if (value === undefined) return whole
      return one === undefined ? String(value) : value === 1 ? one : several
    },
  )
