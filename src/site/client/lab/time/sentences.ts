// What happened, in the page's language: sentences for what components write most, their own words for the rest.
import { fill } from '../../../../i18n/fill.ts'
import type { historyEn } from '../../../../i18n/lab/history.en.ts'
import type { Happening } from '../../../worker/protocol.ts'

export type HistoryWords = Record<keyof typeof historyEn, string>

/** For each reason: how its message is read, and which sentence says the same. The first that fits counts. */
const readings: readonly (readonly [reason: string, message: RegExp, words: keyof HistoryWords])[] = [
  ['ScalingReplicaSet', /^Scaled up replica set (?<name>\S+) from (?<from>\d+) to (?<to>\d+)$/, 'ScalingUp'],
  [
    'ScalingReplicaSet',
    /^Scaled down replica set (?<name>\S+) from (?<from>\d+) to (?<to>\d+)$/,
    'ScalingDown',
  ],
  ['ScalingReplicaSet', /^Scaled up replica set (?<name>\S+) to (?<to>\d+)$/, 'ScaledNew'],
  ['SuccessfulCreate', /^(?:Created pod|Created job): (?<name>\S+)$/, 'Created'],
  ['SuccessfulCreate', /^create Pod (?<name>\S+) in /, 'Created'],
  ['SuccessfulDelete', /^(?:Deleted pod|Deleted job): (?<name>\S+)$/, 'Deleted'],
  ['SuccessfulDelete', /^delete Pod (?<name>\S+) in /, 'Deleted'],
  ['Scheduled', /^Successfully assigned \S+?\/(?<name>\S+) to (?<node>\S+)$/, 'Scheduled'],
  ['Pulling', /^Pulling image "(?<image>[^"]+)"$/, 'Pulling'],
  ['Pulled', /^Successfully pulled image "(?<image>[^"]+)" in (?<time>\S+)/, 'Pulled'],
  ['Pulled', /^Container image "(?<image>[^"]+)" already present on machine/, 'PulledThere'],
  ['Created', /^(?:Container created|Created container:? (?<container>\S+))$/, 'ContainerCreated'],
  ['Started', /^(?:Container started|Started container:? (?<container>\S+))$/, 'ContainerStarted'],
  ['Killing', /^Stopping container (?<container>\S+)$/, 'Killing'],
  ['Ready', /^$/, 'Ready'],
  ['NotReady', /^$/, 'NotReady'],
  ['Gone', /^$/, 'Gone'],
  ['RolledOut', /^(?<n>\d+)$/, 'RolledOut'],
]

export function sentenceOf({ reason, message, object, count }: Happening, words: HistoryWords): string {
  const times = count > 1 ? fill(words.times, { n: count }) : ''
  for (const [known, pattern, name] of readings) {
    const found = known === reason ? pattern.exec(message) : undefined
    if (!found) continue
    const own = { name: object.split('/').at(-1) ?? '', container: '' }
    const groups = Object.fromEntries(
      Object.entries(found.groups ?? {}).filter(([, value]) => value !== undefined),
    )
    return `${fill(words[name], { ...own, ...groups })}${times}`.replace(/\s+(?=（|$)/, '')
  }
  return `${reason}: ${message}${times}`
}
