// Compares what the masks leave out of events: how often each came, and how long ago. Two runs of one case on one real
// cluster differ there too, by a second or two where little is going on, so a row agrees within a slack.

/** `AGE`, `xN over T`: seconds. */
interface EventRow {
  /** Everything of the row but its times, blanks folded. */
  readonly words: string
  readonly count: number
  readonly age: number
  /** Since the first one; as `age` where it came once. */
  readonly since: number
}

const unitSeconds: Record<string, number> = { d: 86_400, h: 3600, m: 60, s: 1 }
const duration = String.raw`(?:\d+[dhms])+`
const timed = new RegExp(String.raw`(?:^|\s)(${duration})(?: \(x(\d+) over (${duration})\))?(?=\s)`)

function seconds(text: string): number {
  let sum = 0
  for (const [, amount, unit] of text.matchAll(/(\d+)([dhms])/g)) sum += Number(amount) * unitSeconds[unit!]!
  return sum
}

/** The rows of events that a command printed, in `describe`, `get events` or `events`. */
export function eventRows(output: string, mask: (text: string) => string): EventRow[] {
  return output.split('\n').flatMap(line => {
    const times = /\b(?:Normal|Warning)\b/.test(line) && timed.exec(line)
    if (!times) return []
    const [whole, age, count = '1', since = age] = times
    return {
      words: mask(line.replace(whole, ' ')).replace(/\s+/g, ' ').trim(),
      count: Number(count),
      age: seconds(age!),
      since: seconds(since!),
    }
  })
}

/** Seconds, and a part of the whole: the recorded machine was not idle, and printed ages are cut to whole seconds. */
const slackSeconds = 2
const slackPart = 0.2
const near = (a: number, b: number) => Math.abs(a - b) <= Math.max(slackSeconds, slackPart * Math.max(a, b))
/** A repetition may fall on either side of the moment of the step. */
const alike = (a: number, b: number) =>
  a === b || (a > 1 && b > 1 && Math.abs(a - b) <= Math.max(1, slackPart * a))

/** For each recorded row that the run has too: undefined where times and count agree, else both. */
export function compareEventRows(
  recorded: string,
  printed: string,
  mask: (text: string) => string,
): (string | undefined)[] {
  const left = eventRows(printed, mask)
  return eventRows(recorded, mask).flatMap(want => {
    const index = left.findIndex(row => row.words === want.words)
    if (index < 0) return []
    const [got] = left.splice(index, 1)
    const agree = alike(want.count, got!.count) && near(want.age, got!.age) && near(want.since, got!.since)
    const times = ({ age, count, since }: EventRow) => `${age}s (x${count} over ${since}s)`
    return [agree ? undefined : `${times(want)} recorded, ${times(got!)} here: ${want.words}`]
  })
}
