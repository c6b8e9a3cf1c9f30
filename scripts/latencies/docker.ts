// What docker took on the recorded machine: whole commands (`ms` of a step), and steps of builds in BuildKit's own words.
import type { Case, Step } from '../conformance/cases.ts'

export interface Docker {
  /** Whole commands that ask the daemon once. */
  readonly dockerClient: readonly number[]
  /** What an exec of a program that only says a word takes longer than the client. */
  readonly dockerExec: readonly number[]
  /** What `docker run` of such a program takes longer than the client, to its end. */
  readonly dockerRun: readonly number[]
  readonly buildWorkdir: readonly number[]
  /** Of a few small files. */
  readonly buildCopy: readonly number[]
  /** `go build` of a small program. */
  readonly goBuild: readonly number[]
}

/** What a RUN takes before its command begins, of four that were recorded: 0.18, 0.18, 0.40 and 0.49 s. */
const runStartMs = 300

const asksOnce =
  /^docker (images|ps|inspect|tag|version|port|rename|update|wait|logs|image (ls|inspect)|(volume|network) (ls|inspect))\b(?!.* (-f|--follow)\b)/
const shortExec =
  /^docker exec( -[duew]( \S+)?)* hello (ls|ps|env|pwd|id|touch|cat|wget|nothere|sh -c 'exit \d')\b/
const shortRun =
  /^docker run( --?[\w-]+( \S+)?)* (busybox:1\.36|leigg\/hellok8s:v1) (true|env|hostname|pwd|id|-l \/app|ls|df|cat|ip|echo)\b/

/** Without a pipe or a second command, which would take their own time. */
const isOne = (text: string) => !/[|;&]/.test(text.replace(/"[^"]*"|'[^']*'/g, ''))

/** Times that are told in whole tenths of a second: equal ones are spread evenly over what they may have been. */
function spread(seconds: readonly string[]): number[] {
  const counts = new Map<string, number>()
  for (const each of seconds) counts.set(each, (counts.get(each) ?? 0) + 1)
  return [...counts].flatMap(([text, count]) => {
    const from = Math.max(0, Number(text) * 1000 - 50)
    const to = Number(text) * 1000 + 50
    return Array.from({ length: count }, (_, i) => from + ((i + 0.5) / count) * (to - from))
  })
}

/** `#7 DONE 0.1s` of the steps whose line `#7 [builder 2/4] WORKDIR /src` has `words`. */
function stepTimes(steps: readonly Step[], words: RegExp): string[] {
  return steps.flatMap(({ run = '', stdout = '', stderr = '' }) => {
    if (!run.startsWith('docker build')) return []
    const text = stdout + stderr
    return [...text.matchAll(/^#(\d+) \[.*?\] (.*)$/gm)].flatMap(([, id, step = '']) =>
      words.test(step) ? (new RegExp(`^#${id} DONE ([\\d.]+)s`, 'm').exec(text)?.[1] ?? []) : [],
    )
  })
}

export function measureDocker(cases: readonly Case[]): Docker {
  const steps = cases.filter(({ name }) => name.includes('docker/')).flatMap(each => each.steps)
  const times = (words: RegExp, exits: readonly number[]) =>
    steps.flatMap(({ run = '', ms, exit, background }) =>
      words.test(run) && isOne(run) && exits.includes(exit ?? -1) && !background ? (ms ?? []) : [],
    )
  const client = times(asksOnce, [0, 1])
  const middle = [...client].sort((a, b) => a - b)[client.length >> 1]!
  const beyond = (all: readonly number[]) => all.map(ms => Math.max(0, ms - middle))
  return {
    dockerClient: client,
    dockerExec: beyond(times(shortExec, [0, 127])),
    dockerRun: beyond(times(shortRun, [0])),
    buildWorkdir: spread(stepTimes(steps, /^WORKDIR /)),
    buildCopy: spread(stepTimes(steps, /^COPY (?!--from)/)),
    goBuild: spread(stepTimes(steps, /^RUN .*\bgo build\b/)).map(ms => ms - runStartMs),
  }
}
