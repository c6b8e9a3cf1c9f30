// perl, as the Job of the Kubernetes documentation uses it: `print bpi(N)`, the first N digits of pi. Nothing else runs.
import type { Program } from '../../engine/process.ts'
import { sleep } from '../../engine/task.ts'
import { baseOf } from './bases.ts'
import type { ImageMaker } from './image.ts'

const run: Program = function* ({ argv, stdout, stderr }) {
  const digits = /bpi\((\d+)\)/.exec(argv.join(' '))?.[1]
  if (digits === undefined) {
    stderr.write('This perl only knows bpi(N).\n')
    return 255
  }
  yield* sleep(Number(digits) * 2)
  stdout.write(`${pi(Math.min(Number(digits), 10_000))}\n`)
  return 0
}

/** Pi to `digits` digits, rounded, by Machin's formula. */
function pi(digits: number): string {
  const guard = 10
  const one = 10n ** BigInt(digits + guard)
  const arctan = (x: bigint) => {
    let sum = 0n
    let power = one / x
    for (let n = 1n, sign = 1n; power > 0n; n += 2n, sign = -sign) {
      sum += (sign * power) / n
      power /= x * x
    }
    return sum
  }
  const value = 4n * (4n * arctan(5n) - arctan(239n))
  const cut = 10n ** BigInt(guard + 1)
  const text = String((value + cut / 2n) / cut)
  return `${text[0]}.${text.slice(1)}`
}

export const perl: ImageMaker = wanted => ({
  ...baseOf(wanted),
  programs: { '/usr/bin/perl': { run }, '/usr/local/bin/perl': { run } },
  cmd: ['perl'],
})
