// What `npm test` tries on a sample, `npm run soak` tries on all: with WHOLE_SETS=1 a sample is the whole set.

export const whole = process.env.WHOLE_SETS === '1'

/** Every n-th of them, the last one among them; the same ones in each run. */
export const sample = <T>(all: readonly T[], n: number): readonly T[] =>
  whole ? all : all.filter((_, i) => (all.length - 1 - i) % n === 0)

/**
 * Each of both lists with some of the other: the longer one goes by once, the shorter one again and again beside it. The
 * whole set is the product.
 */
export const pairs = <A, B>(some: readonly A[], others: readonly B[]): readonly (readonly [A, B])[] =>
  whole
    ? some.flatMap(one => others.map(other => [one, other] as const))
    : Array.from(
        { length: Math.max(some.length, others.length) },
        (_, i) => [some[i % some.length]!, others[i % others.length]!] as const,
      )

/**
 * As few of them as have every kind of thing that any has: again and again the one with the most kinds that none before it
 * has, of equals the first. In their order; the same ones in each run, and others where a new kind comes.
 */
export function covering<T>(all: readonly T[], kindsOf: (each: T) => Iterable<string>): readonly T[] {
  if (whole) return all
  const left = new Map(all.map(each => [each, new Set(kindsOf(each))]))
  const chosen = new Set<T>()
  for (;;) {
    const [most] = [...left].sort(([, a], [, b]) => b.size - a.size)
    if (!most?.[1].size) return all.filter(each => chosen.has(each))
    chosen.add(most[0])
    const seen = [...most[1]]
    for (const kinds of left.values()) for (const kind of seen) kinds.delete(kind)
  }
}
