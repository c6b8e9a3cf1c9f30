// perl, as the Job of the Kubernetes documentation uses it: `print bpi(N)`, the first N digits of pi; and scripts that
// only print. Nothing else runs.
import type { Program } from '../../engine/process.ts'
import { sleep } from '../../engine/task.ts'
import { baseOf } from './bases.ts'
import type { ImageMaker } from './image.ts'

const run: Program = function* ({ argv, stdout, stderr }) {
  const script = argv.find((_, i) => /^-\w*e$/.test(argv[i - 1] ?? ''))
  if (argv.includes('-v') || argv.includes('--version')) {
    stdout.write(`\nThis is perl 5, built for x86_64-linux-gnu\n`)
    return 0
  }
  const printed = printedBy(script ?? '')
  if (printed !== undefined) {
    stdout.write(printed + (argv.some(arg => /^-\w*l\w*e?$/.test(arg)) ? '\n' : ''))
    return 0
  }
  const digits = /bpi\((\d+)\)/.exec(argv.join(' '))?.[1]
  if (digits === undefined) {
    stderr.write('This perl only knows bpi(N), and print with texts and numbers.\n')
    return 255
  }
  yield* sleep(Number(digits) * 2)
  stdout.write(`${pi(Math.min(Number(digits), 10_000))}\n`)
  return 0
}

/** What `print "a", 1 + 2` prints; undefined where the script is more than that. */
function printedBy(script: string): string | undefined {
  const [, body = ''] = /^\s*print\s*\(?([\s\S]*?)\)?\s*;?\s*$/.exec(script) ?? []
  if (!body || body.includes('bpi')) return undefined
  const parts = [...body.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|(-?\d+(?:\s*[-+*]\s*\d+)*)|[,.\s]+|(.)/g)]
  if (parts.some(part => part[4] !== undefined)) return undefined
  return parts
    .map(([, double, single, number]) => {
      if (number !== undefined) return String(total(number))
      return single ?? double?.replace(/\\(.)/g, (_, c: string) => ({ n: '\n', t: '\t' })[c] ?? c) ?? ''
    })
    .join('')
}

/** Sums and products of whole numbers. */
const total = (text: string): number =>
  text
    .replace(/\s/g, '')
    .replace(/(?<=\d)-/g, '+-')
    .split('+')
    .reduce((sum, term) => sum + term.split('*').reduce((product, factor) => product * Number(factor), 1), 0)

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
