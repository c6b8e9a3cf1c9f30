// What `npm test` tries on a sample, `npm run soak` tries on all: with WHOLE_SETS=1 a sample is the whole set.

export const whole = process.env.WHOLE_SETS === '1'

/** Every n-th of them, the last one among them; the same ones in each run. */
export const sample = <T>(all: readonly T[], n: number): readonly T[] =>
  whole ? all : all.filter((_, i) => (all.length - 1 - i) % n === 0)
