// Compares what the masks leave out of events: how often each came, and how long ago. Two runs of one case on one real
// cluster differ there too, by a second or two where little is going on, so times agree within a slack.

interface EventRow {
  /** Everything of the row but its times, masked, blanks folded. */
  readonly words: string
  /** `N` of `AGE (xN over T)`. */
  readonly count: number
  /** Seconds since it came last, and since it came first. */
  readonly last: number
  readonly first: number
}

type Mask = (text: string) => string

const duration = String.raw`(?:\d+[dhms])+`
const timed = new RegExp(String.raw`(?:^|\s)(${duration})(?: \(x(\d+) over (${duration})\))?(?=\s)`)
const unitSeconds: Record<string, number> = { d: 86_400, h: 3600, m: 60, s: 1 }

function seconds(text: string): number {
  let sum = 0
  for (const [, amount, unit] of text.matchAll(/(\d+)([dhms])/g)) sum += Number(amount) * unitSeconds[unit!]!
  return sum
}

/** The rows of events that `describe`, `get events` or `events` printed. */
function eventRows(output: string, mask: Mask): EventRow[] {
  return output.split('\n').flatMap(line => {
    const times = /\b(?:Normal|Warning)\b/.test(line) && timed.exec(line)
    if (!times) return []
    const [whole, last, count = '1', first = last] = times
    const words = mask(line.replace(whole, ' ')).replace(/\s+/g, ' ').trim()
    return { words, count: Number(count), last: seconds(last!), first: seconds(first!) }
  })
}

/** The recorded machine was not idle, and printed ages are cut to whole seconds. */
const slackSeconds = 2
const slackPart = 0.2
const near = (a: number, b: number) => Math.abs(a - b) <= Math.max(slackSeconds, slackPart * Math.max(a, b))
/** Of several, one may fall on either side of the moment of the step. */
const alike = (a: number, b: number) =>
  a === b || (a > 1 && b > 1 && Math.abs(a - b) <= Math.max(1, slackPart * a))

const timesOf = ({ last, count, first }: EventRow) => `${last}s (x${count} over ${first}s)`

/** Whether a recorded output shows events with their times. */
export const showsEvents = (output: string | undefined) => eventRows(output ?? '', text => text).length > 0

/** One line for each event that both outputs show, but not at the same times or not as often. */
export function eventTimeDifferences(recorded: string, printed: string, mask: Mask): string[] {
  const left = eventRows(printed, mask)
  return eventRows(recorded, mask).flatMap(want => {
    const index = left.findIndex(row => row.words === want.words)
    if (index < 0) return []
    const [got] = left.splice(index, 1)
    const agree = alike(want.count, got!.count) && near(want.last, got!.last) && near(want.first, got!.first)
    return agree ? [] : [`${timesOf(want)} recorded, ${timesOf(got!)} here: ${want.words}`]
  })
}
