// Masks what differs between two runs of one case on one real cluster (times, ages, made-up names, addresses, digests), and
// nothing else, so that a match means something. The rules are those of tests/reference/compare.mjs; a test holds the two
// together over every recorded step.

/** The alphabet of names that Kubernetes makes up. */
const SAFE = '[bcdfghjklmnpqrstvwxz2456789]'
const WEEKDAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)'
const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)'
const CLOCK = String.raw`\d\d:\d\d:\d\d`

type Rule = readonly [pattern: RegExp, replacement: string]

const times: readonly Rule[] = [
  [new RegExp(String.raw`\b\d{4}-\d\d-\d\dT${CLOCK}(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)`, 'g'), '<time>'],
  [new RegExp(String.raw`\b${WEEKDAY},? \d\d? ${MONTH} \d{4} ${CLOCK} (?:[+-]\d{4}|GMT|UTC)`, 'g'), '<time>'],
  [new RegExp(String.raw`\b${WEEKDAY} ${MONTH} +\d\d? ${CLOCK} (?:UTC )?\d{4}`, 'g'), '<time>'],
  [new RegExp(String.raw`\b\d\d?\/${MONTH}\/\d{4}:${CLOCK} [+-]\d{4}`, 'g'), '<time>'],
  [new RegExp(String.raw`\b\d{4}\/\d\d\/\d\d ${CLOCK}(?:\.\d+)?`, 'g'), '<time>'],
  [new RegExp(String.raw`\b\d{4}-\d\d-\d\d ${CLOCK}(?:\.\d+)? \+0000(?: UTC)?`, 'g'), '<time>'],
  [new RegExp(String.raw`\b${MONTH} +\d\d? \d\d:\d\d\b`, 'g'), '<time>'],
  [/\.\.\d{4}_\d\d_\d\d_\d\d_\d\d_\d\d\.\d+/g, '..<time>'],
  [new RegExp(String.raw`\b[IWE]\d{4} ${CLOCK}\.\d+ +\d+ `, 'g'), '<log> '],
]

const identities: readonly Rule[] = [
  [/\b(LIVE|MERGED)-\d+/g, '$1-<n>'],
  [/(\.)[0-9a-f]{16}\b/g, '$1<id>'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '<uid>'],
  [/((?:sha256:|containerd:\/\/))[0-9a-f]{64}/g, '$1<digest>'],
  [/\b[0-9a-f]{32}\b|\b[0-9a-f]{64}\b/g, '<digest>'],
  [/("?resourceVersion"?: ?)"?\d+"?/g, '$1<rv>'],
  [/(resourceVersion=)\d+/g, '$1<rv>'],
  [/(Resource Version: +)\d+/g, '$1<rv>'],
]

const measurements: readonly Rule[] = [
  [/\bin \d+(?:\.\d+)?m?s \(\d+(?:\.\d+)?m?s including waiting\)/g, 'in <dur> (<dur> including waiting)'],
  [/Image size: \d+ bytes/g, 'Image size: <n> bytes'],
  [/patch: Invalid value: "\{(?:[^"\\]|\\.)*"/g, 'patch: Invalid value: "<object>"'],
  [/kubectl-edit-\d+\.yaml/g, 'kubectl-edit-<n>.yaml'],
  [/(?:Less than a second|About an? \w+|\b\d+ (?:second|minute|hour|day|week|month)s?)(?= ago\b)/g, '<age>'],
  [/\b(Up|Restarting \(\d+\)) (?:Less than a second|About an? \w+|\d+ \w+)/g, '$1 <age>'],
  [/\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{12}\b/g, '<id12>'],
  [/\(x\d+ over /g, '(x<n> over '],
  [/\b\d{5,}Ki\b/g, '<mem>'],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, '<token>'],
]

const madeUpNames: readonly Rule[] = [
  [new RegExp(`-${SAFE}{8,10}-${SAFE}{5}(?![a-z0-9])`, 'g'), '-<hash>-<id>'],
  [new RegExp(`(-|hash[=:] ?"?)${SAFE}{8,10}(?![a-z0-9])`, 'g'), '$1<hash>'],
  [new RegExp(`-${SAFE}{5}(?![a-z0-9])`, 'g'), '-<id>'],
  [/\bKUBE-SEP-[A-Z2-7]{16}/g, 'KUBE-SEP-<hash>'],
]

const places: readonly Rule[] = [
  [/\b20\.2\.\d+\.\d+/g, '<pod-ip>'],
  [/\b\d+-2-20-2|\b20-2-\d+-\d+/g, '<pod-ip>'],
  [/(Debian GNU\/Linux \d+ \(\w+\)|Linux \d[\w.]*)/g, '<os>'],
  [/\b\d+\.\d+\.\d+-(?:fc|generic|amd64)[\w-]*\b|\b6\.\d+\.\d+\b(?= )/g, '<kernel>'],
  [/((?:from|127\.0\.0\.1|\[::1\]):)\d{4,5}\b/g, '$1<port>'],
]

const rules: readonly Rule[] = [times, identities, measurements, madeUpNames, places].flat()

const agePattern = (minutes: string) =>
  new RegExp(
    String.raw`(^|[\s(\["=])(?:\d+y\d*d?|\d+d\d*h?|\d+h\d*m?|\d+m\d+s|${minutes}\d+(?:\.\d+)?s|<invalid>|<unknown>)(?=$|[\s)\]",.])`,
    'g',
  )
const ages = agePattern(String.raw`\d+m|`)
/** `100m` is an age, but not where CPUs are counted. */
const agesBesideQuantities = agePattern('')

const serviceAddress = /\b20\.1\.\d+\.\d+/g
const nodePort = /\b3[0-2]\d{3}\b/g
const alwaysTheSame = new Set(['20.1.0.1', '20.1.0.10'])

/** `text` with everything masked that chance decides. `fixed`: addresses and ports that the case itself names. */
export function mask(text: string | undefined, fixed: ReadonlySet<string> = new Set()): string {
  let masked = text ?? ''
  for (const [pattern, replacement] of rules) masked = masked.replace(pattern, replacement)
  masked = masked.replace(serviceAddress, ip =>
    fixed.has(ip) || alwaysTheSame.has(ip) ? ip : '<service-ip>',
  )
  masked = masked.replace(nodePort, port => (fixed.has(port) ? port : '<node-port>'))
  return masked.split('\n').map(maskLine).join('\n').trimEnd()
}

function maskLine(line: string): string {
  const aged = /cpu|%\)/i.test(line)
    ? line.replace(agesBesideQuantities, '$1<age>').replace(/ \d+m$/, ' <age>')
    : line.replace(ages, '$1<age>')
  return aged
    .replace(/(\S) {2,}/g, '$1  ')
    .replace(/-{3,}/g, '---')
    .trimEnd()
}

export interface CaseTexts {
  readonly files?: unknown
  readonly steps?: readonly { readonly run?: string; readonly until?: string; readonly content?: string }[]
}

/** Service addresses and node ports that a case writes itself: they are compared, not masked. */
export function fixedIn(texts: CaseTexts): Set<string> {
  const written = JSON.stringify([
    texts.files,
    texts.steps?.map(step => [step.run, step.until, step.content]),
  ])
  return new Set(written.match(/\b20\.1\.\d+\.\d+|\b3[0-2]\d{3}\b/g) ?? [])
}

export interface Output {
  readonly stdout?: string
  readonly stderr?: string
  readonly exit?: number | null
}

export interface RecordedStep extends Output {
  readonly run: string
  /** Ended by Ctrl-C after this time: its exit status does not count. */
  readonly for?: string
}

/** Commands that print as things happen: how often a line is repeated is chance. */
const watches = (run: string) =>
  /\bkubectl\b.*(?:\brollout status\b|\s-w\b|--watch|\s-f\b(?=.*logs)|\blogs\b.*-f|\bevents\b.*-w)/.test(run)

/** Commands whose rows come in an order of chance. */
const unordered = (run: string) =>
  watches(run) ||
  /\bdocker\b/.test(run) ||
  (/\bkubectl\b.*\b(?:get|events|top|describe|api-resources|delete|label|annotate|drain|rollout)\b/.test(
    run,
  ) &&
    !/-o[= ]?(?:yaml|json)(?!path)/.test(run))

const distinct = (lines: string) => [...new Set(lines.split('\n'))].join('\n')
const sorted = (lines: string) => lines.split('\n').sort().join('\n')

/** Whether a run of a step printed what the recording shows. */
export function stepMatches(
  expected: RecordedStep,
  actual: Output | undefined,
  fixed: ReadonlySet<string>,
): boolean {
  if (!actual) return false
  if ((expected.exit ?? -1) !== (actual.exit ?? -1) && !expected.for) return false
  return (['stdout', 'stderr'] as const).every(stream => {
    let want = mask(expected[stream], fixed)
    let got = mask(actual[stream], fixed)
    if (watches(expected.run)) {
      want = distinct(want)
      got = distinct(got)
    }
    return want === got || (unordered(expected.run) && sorted(want) === sorted(got))
  })
}

export interface Answer {
  readonly code: number
  /** An object, or a Status. */
  readonly body?: { readonly reason?: string; readonly message?: string }
}

/** Fields that differ from one run to the next. */
const volatile = new Set([
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'managedFields',
  'generateName',
  'clusterIP',
  'clusterIPs',
  'nodePort',
  'healthCheckNodePort',
  'selfLink',
])
/** What controllers add on their own time: left out where the object is older than the request. */
const grown = new Set(['status', 'deployment.kubernetes.io/revision', 'generation'])

function canonical(value: unknown, older: boolean): unknown {
  if (Array.isArray(value)) return value.map(item => canonical(item, older))
  if (typeof value === 'string') return mask(value)
  if (!value || typeof value !== 'object') return value
  const entries = Object.entries(value)
    .filter(([name]) => !volatile.has(name) && !(older && grown.has(name)))
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return Object.fromEntries(entries.map(([name, inner]) => [name, canonical(inner, older)]))
}

/** 0: nothing alike; 1: accepted or refused alike; 2: the same code and reason; 3: the same message or object. */
export function answerLevel(expected: Answer, actual: Answer | undefined, older = false): 0 | 1 | 2 | 3 {
  if (!actual?.code) return 0
  const want = expected.body ?? {}
  const got = actual.body ?? {}
  if (expected.code < 300 !== actual.code < 300) return 0
  if (expected.code !== actual.code || (expected.code >= 300 && want.reason !== got.reason)) return 1
  if (expected.code >= 300) return mask(want.message) === mask(got.message) ? 3 : 2
  return JSON.stringify(canonical(want, older)) === JSON.stringify(canonical(got, older)) ? 3 : 2
}

const lineNumber = (text: string | undefined) => /line (\d+)/.exec(text ?? '')?.[1]

/** 0: nothing alike; 1: the same exit code; 2: the same line number too; 3: the same words. */
export function yamlLevel(expected: Output, actual: Output | undefined): 0 | 1 | 2 | 3 {
  if (!actual || expected.exit !== actual.exit) return 0
  if (mask(expected.stdout) === mask(actual.stdout) && mask(expected.stderr) === mask(actual.stderr)) return 3
  return lineNumber(expected.stderr) === lineNumber(actual.stderr) ? 2 : 1
}
