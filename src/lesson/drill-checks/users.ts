// What drills ask of users: pods that ask every two seconds, whose answers count one by one.

import type { Pod } from '../../kinds/schema/types.ts'
import type { Check, Remembering } from '../exercise.ts'
import { all, broken, same } from './history.ts'

/** Who has not asked for so long asks no more. */
const silentMs = 15_000
const enough = 5

/** The latest requests of a client were all answered, by way of this Service where one is named; they go on. */
export const served =
  (client: string, { count = enough, by }: { readonly count?: number; readonly by?: string } = {}): Check =>
  view => {
    const { recent } = view.requests(client)
    const bad = recent.findLastIndex(each => !each.good || (by !== undefined && !each.by.includes(by)))
    const good = Math.min(count, recent.length - 1 - bad)
    const asks = (recent.at(-1)?.at ?? 0) > view.now - silentMs
    return { met: good === count && asks, score: [good, count] }
  }

/** What a pod's containers run, and where the names lead that they ask for. */
const program = ({ spec }: Pod) => [
  spec.containers.map(({ image, command, args, env }) => [image, command, args, env]),
  spec.hostAliases,
  spec.dnsPolicy,
  spec.dnsConfig,
  spec.hostNetwork,
]

/** A pod of `default` asks what it asked at the beginning, of whom it asked: users are not swapped for happier ones. */
export const asksTheSame = (pod: string): Remembering => same('pods', pod, program)

/** The users' latest requests were all answered: those of this pod, which is what it was. */
export const usersServed = (pod = 'visitor'): Remembering => all(asksTheSame(pod), served(`default/${pod}`))

/** None of the latest requests of a client was answered; they go on. */
export const unserved =
  (client: string, count = enough): Check =>
  view => {
    const last = view.requests(client).recent.slice(-count)
    return last.length === count && last.every(each => !each.good) && last.at(-1)!.at > view.now - silentMs
  }

/** No request of a client has ever been answered since the beginning. */
export const neverServed =
  (client: string): Check =>
  view => {
    const { firstSuccess } = view.requests(client)
    return firstSuccess === undefined || broken(firstSuccess)
  }

/** No request of a client has failed since the beginning. */
export const noFailure =
  (client: string): Check =>
  view => {
    const { firstFailure } = view.requests(client)
    return firstFailure === undefined || broken(firstFailure)
  }
