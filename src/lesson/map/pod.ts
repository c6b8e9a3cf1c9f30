// How a pod is, decided from its object as a client of the API sees it. "Leaving" is decided by deletionTimestamp, never by
// the word in its STATUS: a pod that was asked to go and prints `Error` is well.
import { dictionary } from '../../engine/dictionary.ts'
import { parseTime } from '../../engine/engine.ts'
import type { ContainerStatus, Pod, PodCondition } from '../../kinds/schema/types.ts'
import type { PodState, Saying } from './rows.ts'

/** What else is known of a pod: from its node, and from events. */
export interface PodContext {
  /** Ms since 1970. */
  readonly now: number
  /** From ms since 1970 to virtual ms since the start. */
  readonly at: (time: number) => number
  /** Since when its node counts as lost, and its pods are tainted: ms since 1970. */
  readonly lost?: { readonly since: number; readonly tainted: number | undefined }
  /** STATUS as kubectl prints it. */
  readonly word: string
  /** An image is being pulled. */
  readonly pulling?: string | undefined
  /** What the last failed probe said. */
  readonly unhealthy?: string | undefined
}

export interface PodFinding {
  readonly state: PodState
  readonly line?: Saying
  readonly wait?: readonly [number, number]
  readonly alarming?: boolean
  /** When this will have to be looked at again although nothing changes, ms since 1970. */
  readonly again?: number
}

/** The kubelet's back-off between restarts: 10 s, doubled each time, five minutes at most. */
const backOffMs = (restarts: number): number => Math.min(300_000, 10_000 * 2 ** Math.max(0, restarts - 1))
/** A finalizer that holds longer than this is worth a word. */
const patienceMs = 30_000
/** A container that did not end by itself within its grace period: 128 + SIGKILL. */
const killed = 137

/** Reasons of a container that waits and will not run by waiting alone. */
const stuck =
  /^(CrashLoopBackOff|ErrImagePull|ImagePullBackOff|InvalidImageName|ErrImageNeverPull|ImageInspectError|RegistryUnavailable|CreateContainerConfigError|CreateContainerError|RunContainerError|PreStartHookError|PostStartHookError)$/
const pullReasons = /ErrImagePull|ImagePullBackOff|InvalidImageName|ErrImageNeverPull|RegistryUnavailable/

/** `1m20s` → ms. */
function durationMs(text: string): number {
  const units: Record<string, number> = dictionary({ h: 3_600_000, m: 60_000, s: 1000 })
  let ms = 0
  for (const [, n, unit] of text.matchAll(/([\d.]+)(h|m|s)/g)) ms += Number(n) * units[unit!]!
  return ms
}

const containersOf = ({ status }: Pod): ContainerStatus[] => [
  ...(status.initContainerStatuses ?? []),
  ...(status.containerStatuses ?? []),
]

const conditionOf = ({ status }: Pod, type: string): PodCondition | undefined =>
  status.conditions?.find(each => each.type === type)

const isTrue = (object: Pod, type: string): boolean => conditionOf(object, type)?.status === 'True'

/** When a container that has failed is tried again: ms since 1970. */
function nextTry({
  state,
  lastState,
  restartCount,
}: ContainerStatus): { from: number; until: number } | undefined {
  const ended = state?.terminated ?? lastState?.terminated
  if (!ended?.finishedAt) return
  const told = /back-off (\S+) restarting/.exec(state?.waiting?.message ?? '')?.[1]
  if (!told && restartCount === 0) return // the first time it is tried again at once
  const from = parseTime(ended.finishedAt)
  return { from, until: from + (told ? durationMs(told) : backOffMs(restartCount)) }
}

export function podFinding(pod: Pod, context: PodContext): PodFinding {
  if (pod.metadata.deletionTimestamp) return leaving(pod, context)
  const phase = pod.status.phase
  if (phase === 'Succeeded') return { state: 'completed' }
  if (phase === 'Failed') return failed(pod)
  if (context.lost) return unknown(pod, context)
  if (!pod.spec.nodeName) return withoutNode(pod)
  return failing(pod, context) ?? running(pod, context)
}

function leaving({ metadata, status }: Pod, { now, at, lost }: PodContext): PodFinding {
  const until = parseTime(metadata.deletionTimestamp!)
  const from = until - 1000 * (metadata.deletionGracePeriodSeconds ?? 0)
  if (lost) return { state: 'leaving', line: { say: 'leavingUnheard' } }
  const statuses = status.containerStatuses ?? []
  const ended = statuses.flatMap(each => each.state?.terminated ?? [])
  const codes = [...new Set(ended.map(each => each.exitCode).filter(code => code !== 0))]
  if (codes.includes(killed)) return { state: 'leaving', alarming: true, line: { say: 'leavingKilled' } }
  const holders = metadata.finalizers ?? []
  const over = ended.length > 0 || now > until
  if (holders.length && over) {
    const alarming = now > until + patienceMs
    const line = { say: 'leavingHeld', with: { by: holders[0]! } }
    return { state: 'leaving', line, ...(alarming ? { alarming } : { again: until + patienceMs + 1 }) }
  }
  if (codes.length) return { state: 'leaving', line: { say: 'leavingCode', with: { code: codes[0]! } } }
  if (now > until + 2000) return { state: 'leaving', alarming: true, line: { say: 'leavingOverdue' } }
  return {
    state: 'leaving',
    line: { say: 'leaving', until: at(until) },
    wait: [at(from), at(until)],
    again: until + 2001,
  }
}

function failed(pod: Pod): PodFinding {
  const ended = containersOf(pod).find(each => each.state?.terminated?.exitCode)?.state.terminated
  const { reason } = pod.status
  if (reason) return { state: 'failing', line: { say: 'ended', with: { reason } } }
  return { state: 'failing', ...(ended && { line: { say: 'exit', with: { code: ended.exitCode } } }) }
}

function unknown(pod: Pod, { at, lost, now }: PodContext): PodFinding {
  const { tainted } = lost!
  const tolerated = pod.spec.tolerations?.find(
    each =>
      /node.kubernetes.io\/(unreachable|not-ready)/.test(each.key ?? '') && each.effect !== 'NoSchedule',
  )?.tolerationSeconds
  const since = at(lost!.since)
  if (tainted === undefined || tolerated === undefined)
    return { state: 'unknown', line: { say: 'unheard', since } }
  const until = tainted + 1000 * tolerated
  if (until < now) return { state: 'unknown', line: { say: 'unheard', since } }
  return {
    state: 'unknown',
    line: { say: 'unheardUntil', since, until: at(until) },
    wait: [at(tainted), at(until)],
    again: until + 1,
  }
}

function withoutNode(pod: Pod): PodFinding {
  const { reason, message } = conditionOf(pod, 'PodScheduled') ?? {}
  if (reason === 'SchedulingGated') return { state: 'no-node', line: { say: 'gated' } }
  if (reason === 'Unschedulable')
    return { state: 'no-node', line: { say: 'unschedulable', with: { message: firstCause(message ?? '') } } }
  return { state: 'no-node', line: { say: 'scheduling' } }
}

/** `0/3 nodes are available: 1 node(s) had …, 2 Insufficient cpu. preemption: …` → what keeps most of them out. */
function firstCause(message: string): string {
  const causes = /are available: (.*?)\.(?: |$)/.exec(message)?.[1]?.split(/, (?=\d)/) ?? []
  const counted = causes.map(each => /^(\d+) (.*)$/.exec(each)).filter(each => each !== null)
  counted.sort((a, b) => Number(b[1]) - Number(a[1]))
  // A control plane's taint is how it should be: the interesting cause is another.
  return (counted.find(each => !/control-plane/.test(each[2]!)) ?? counted[0])?.[2] ?? causes[0] ?? message
}

function failing(pod: Pod, { at, word }: PodContext): PodFinding | undefined {
  const restarts = pod.spec.restartPolicy !== 'Never'
  for (const each of containersOf(pod)) {
    const { waiting, terminated } = each.state ?? {}
    const reason = waiting?.reason ?? ''
    if (waiting && stuck.test(reason)) {
      if (reason !== 'CrashLoopBackOff') {
        if (pullReasons.test(reason))
          return { state: 'failing', line: { say: 'pull', with: { image: each.image } } }
        return {
          state: 'failing',
          line: { say: 'stuck', with: { message: waiting.message ?? reason } },
        }
      }
    } else if (!terminated || (terminated.exitCode === 0 && !/CrashLoop/.test(word))) continue
    const code = (terminated ?? each.lastState?.terminated)?.exitCode ?? 0
    if (!restarts) return { state: 'failing', line: { say: 'exit', with: { code } } }
    const next = nextTry(each)
    const oom = (terminated ?? each.lastState?.terminated)?.reason === 'OOMKilled'
    const say = `${oom ? 'memory' : 'crash'}${next ? 'Next' : ''}`
    return {
      state: 'failing',
      line: { say, with: { code, restarts: each.restartCount }, ...(next && { until: at(next.until) }) },
      ...(next && { wait: [at(next.from), at(next.until)] as const }),
    }
  }
  return undefined
}

function running(pod: Pod, { pulling, unhealthy, word }: PodContext): PodFinding {
  if (isTrue(pod, 'Ready')) return { state: 'ready' }
  const containers = pod.status.containerStatuses ?? []
  const allRun = containers.length > 0 && containers.every(each => each.state?.running)
  if (!allRun) {
    if (pulling) return { state: 'starting', line: { say: 'pulling', with: { image: pulling } } }
    const init = /^Init:(\d+)\/(\d+)$/.exec(word)
    if (init)
      return { state: 'starting', line: { say: 'init', with: { n: Number(init[1]) + 1, of: init[2]! } } }
    return { state: 'starting' }
  }
  const gates = pod.spec.readinessGates ?? []
  const gate = gates.find(({ conditionType }) => !isTrue(pod, conditionType))
  if (isTrue(pod, 'ContainersReady') && gate)
    return { state: 'not-ready', line: { say: 'gate', with: { type: gate.conditionType } } }
  const started = containers.every(each => each.started !== false)
  const probed = pod.spec.containers.some(each => each.readinessProbe)
  const code = /HTTP probe failed with statuscode: (\d+)/.exec(unhealthy ?? '')?.[1]
  const line: Saying | undefined = code
    ? { say: 'probeCode', with: { code } }
    : unhealthy
      ? { say: 'probe', with: { message: unhealthy.replace(/^\w+ probe (failed|errored): /, '') } }
      : undefined
  if (!started) return { state: 'starting', ...(line ? { line } : { line: { say: 'startup' } }) }
  return probed ? { state: 'not-ready', line: line ?? { say: 'unprobed' } } : { state: 'starting' }
}
