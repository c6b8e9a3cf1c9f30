// What pulls took, in the kubelet's own words: `Successfully pulled image "x" in 24ms (141ms including waiting). Image size:
// 2729721 bytes.` Every case and timeline begins without images on its nodes, so the longest pull of an image in one of them
// fetched it; one that waited and was shorter came after that and only asked the registry again.
import type { Case } from '../conformance/cases.ts'
import type { Line } from './lives.ts'

interface Pull {
  readonly image: string
  readonly ms: number
  readonly waitedMs: number
  readonly megabytes: number
}

export interface Pulls {
  /** ms of a pull of an image that is there already. */
  readonly again: readonly number[]
  /** ms for each MB (10⁶ bytes) of one that is not, without what asking for it takes. */
  readonly megabyte: readonly number[]
}

const sentence =
  /Successfully pulled image \\?"([^"\\]+)\\?" in ([\d.a-zµ]+) \(([\d.a-zµ]+) including waiting\)\. Image size: (\d+)/g
const units: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1, µs: 0.001 }

/** ms of a Go duration: `1.045s`, `1m2s`. */
const duration = (text: string) =>
  [...text.matchAll(/([\d.]+)(ms|µs|h|m|s)/g)].reduce(
    (sum, [, n, unit]) => sum + Number(n) * units[unit!]!,
    0,
  )

/** The pulls that a text tells of, each once however often it is printed. */
function pullsIn(text: string): Pull[] {
  const pulls = new Map<string, Pull>()
  for (const [words, image = '', took = '', all = '', bytes] of text.matchAll(sentence)) {
    const ms = duration(took)
    const pull = { image, ms, waitedMs: duration(all) - ms, megabytes: Number(bytes) / 1e6 }
    pulls.set(words.replaceAll('\\', ''), pull)
  }
  return [...pulls.values()]
}

const textOf = ({ steps }: Case) =>
  steps.map(({ stdout = '', chunks = [] }) => stdout + chunks.map(({ out }) => out).join('')).join('\n')

export function measurePulls(timelines: ReadonlyMap<string, readonly Line[]>, cases: readonly Case[]): Pulls {
  const groups = [...cases.map(textOf), ...[...timelines.values()].map(lines => JSON.stringify(lines))]
  const again: number[] = []
  const first: Pull[] = []
  for (const pulls of groups.map(pullsIn))
    for (const pull of pulls) {
      const longest = pulls.every(other => other.image !== pull.image || other.ms <= pull.ms)
      if (longest && pull.waitedMs < 5) first.push(pull)
      else if (!longest && pull.waitedMs > 0) again.push(pull.ms)
    }
  again.sort((a, b) => a - b)
  const asking = again[again.length >> 1]!
  // One in six first pulls took no longer than asking does: the runtime still had the layers from the case before.
  const longestAsking = again[Math.floor(again.length * 0.9)]!
  const fetched = first.filter(({ ms }) => ms > longestAsking)
  // Each MB counts: a small image's time says little of what a MB takes, and would make large ones too slow.
  const megabyte = fetched.flatMap(({ ms, megabytes }) =>
    Array.from({ length: Math.round(megabytes) }, () => (ms - asking) / megabytes),
  )
  return { again, megabyte }
}
