const parts = Array.from({ length: 10 }, (_, i) => 0.05 + i / 10)

/** The values at 5 %, 15 % … 95 % of what was measured, to a tenth: `Deciles` of src/engine/random.ts. */
export function deciles(samples: readonly number[]): number[] {
  const sorted = [...samples].sort((a, b) => a - b)
  return parts.map(part => {
    const place = part * (sorted.length - 1)
    const [low, high] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!]
    return Math.round((low + (high - low) * (place % 1)) * 10) / 10
  })
}
