// A light touch of colour on what commands print: the heading of a table, states that are well, on their way or ill.
// The text itself is never changed. Used by the build and by the terminals of the lab.
export type Tone = 'head' | 'good' | 'wait' | 'bad'

export interface Piece {
  readonly text: string
  readonly tone?: Tone
}

const tones: [Tone, string][] = [
  ['good', 'Running|Completed|Succeeded|Active|Bound|Complete'],
  ['wait', 'Pending|ContainerCreating|Terminating|PodInitializing|Init:\\d+/\\d+'],
  [
    'bad',
    '(?:Init:)?(?:Error|CrashLoopBackOff|ErrImagePull|ImagePullBackOff|ErrImageNeverPull|InvalidImageName|OOMKilled|Evicted|StartError|RunContainerError|CreateContainerConfigError|CreateContainerError|Failed|Unknown|NotReady)',
  ],
]
const words = new RegExp(`(?<=^|\\s)(?:${tones.map(([, each]) => `(${each})`).join('|')})(?=\\s|$)`, 'g')
const heading =
  /^(?:NAMESPACE +)?(?:[A-Z][A-Z0-9()/-]*(?: [A-Z][A-Z0-9()-]*)*)(?: {2,}[A-Z][A-Z0-9()/-]*(?: [A-Z][A-Z0-9()-]*)*)+\s*$/
const failure = /^(?:error:|Error from server|Error:|The .+ is invalid:|Unable to connect)/

/** A line without columns, longer than a phone is wide: it may be wrapped, which would spoil a table. */
export const isSentence = (line: string): boolean => line.length > 36 && !/\S(?: {2,}|\t)\S/.test(line)

export function pieces(line: string): Piece[] {
  if (heading.test(line)) return [{ text: line, tone: 'head' }]
  if (failure.test(line)) return [{ text: line, tone: 'bad' }]
  const result: Piece[] = []
  let end = 0
  for (const match of line.matchAll(words)) {
    const tone = tones[match.slice(1).findIndex(group => group !== undefined)]?.[0]
    if (!tone) continue
    if (match.index > end) result.push({ text: line.slice(end, match.index) })
    result.push({ text: match[0], tone })
    end = match.index + match[0].length
  }
  if (end < line.length || result.length === 0) result.push({ text: line.slice(end) })
  return result
}
