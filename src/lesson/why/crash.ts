// S5: a container ends again and again, or its init container does.

import { parseTime } from '../../engine/engine.ts'
import type { KubeObject } from '../../kinds/object.ts'
import type { Pod, Probe } from '../../kinds/schema/types.ts'
import {
  type ContainerFacts,
  conditionOf,
  containersOf,
  describe,
  faultLine,
  getYaml,
  inNamespace,
  isDone,
  lastLine,
  type Terminated,
  undo,
} from './facts.ts'
import { askedName } from './names.ts'
import { type Phrase, questionsAbout, type Subject, symptomOf } from './symptom.ts'
import type { View } from './view.ts'

/** After so long without a restart the kubelet forgets that there were any. */
const forgottenMs = 600_000
/** An init container that works so long is waited for. */
const longMs = 30_000
/** What the first status of a pod may lag behind. */
const lagMs = 3000

const notStarted = /^(CrashLoopBackOff|RunContainerError|CreateContainerError|StartError)$/

/** How the latest run ended, of a container that has not come to rest since. */
function ended(pod: Pod, container: ContainerFacts, view: View): Terminated | undefined {
  const { terminated, last, waiting, running, ready } = container
  if (terminated) {
    return isDone(pod, container) ? undefined : terminated
  }
  if (waiting) return notStarted.test(waiting.reason ?? '') ? (last ?? failedStart(waiting)) : undefined
  if (!running || !last || view.since(last.finishedAt) > forgottenMs) return undefined
  // It is well again once it is ready, and has run for longer than it did before.
  const ran = parseTime(last.finishedAt ?? '') - parseTime(last.startedAt ?? '')
  return ready && view.since(running.startedAt) > Math.max(ran, settledMs) ? undefined : last
}
const settledMs = 10_000

const failedStart = ({ message }: { message?: string }): Terminated => ({
  exitCode: 128,
  ...(message !== undefined && { message }),
})

interface Failing {
  readonly container: ContainerFacts
  readonly end: Terminated
}

function failing(pod: Pod, view: View): Failing | undefined {
  for (const container of containersOf(pod)) {
    const end = ended(pod, container, view)
    if (end) return { container, end }
    // What comes after an init container has not begun.
    if (container.init && !container.terminated && !isSidecar(container)) return undefined
  }
  return undefined
}

const isSidecar = ({ spec }: ContainerFacts): boolean => spec.restartPolicy === 'Always'

/** The init container that has been working for long. */
const waitedFor = (pod: Pod, view: View): ContainerFacts | undefined =>
  containersOf(pod).find(
    each => each.init && !isSidecar(each) && each.running && view.since(each.running.startedAt) > longMs,
  )

const about = questionsAbout(failing)

export const crash = symptomOf('Pod', {
  name: 'crash',
  has: (pod, view) =>
    !pod.metadata.deletionTimestamp &&
    (failing(pod, view) !== undefined || waitedFor(pod, view) !== undefined),
  questions: [
    about(34, (pod, { container, end }, view) => {
      if (end.reason !== 'OOMKilled') return undefined
      const limit = container.spec.resources?.limits?.memory
      const follows = startsAgain(container, view)
      const field = { object: pod, path: `${container.path}.resources${limit ? '.limits.memory' : ''}` }
      return {
        text: limit ? '34' : '34b',
        values: { limit: limit ?? '' },
        shown: describe(pod),
        field,
        ...(follows && { follows }),
      }
    }),
    about(35, (pod, { container }, view) => {
      if (!killed(pod, container, 'liveness', view) || wasReady(pod)) return undefined
      // Who answers has started.
      if (/statuscode: 4\d\d/.test(unhealthy(pod, 'Liveness', view))) return undefined
      const { d, p, f } = timesOf(container.spec.livenessProbe)
      return {
        values: { start: d + p * f, d, p, f },
        shown: describe(pod),
        field: { object: pod, path: `${container.path}.livenessProbe` },
      }
    }),
    about(36, (pod, { container }, view) => {
      if (!killed(pod, container, 'liveness', view)) return undefined
      const message = unhealthy(pod, 'Liveness', view)
      return {
        text: message ? '36' : '36b',
        values: { message },
        shown: `kubectl get events${inNamespace(pod.metadata.namespace)} --field-selector reason=Unhealthy`,
        field: { object: pod, path: `${container.path}.livenessProbe` },
        ...undo(pod, view),
      }
    }),
    about(37, (pod, { container }, view) => {
      if (!killed(pod, container, 'startup', view)) return undefined
      const { p, f } = timesOf(container.spec.startupProbe)
      const message = unhealthy(pod, 'Startup', view)
      return {
        text: message ? '37' : '37b',
        values: { p, f, message },
        shown: describe(pod),
        field: { object: pod, path: `${container.path}.startupProbe` },
      }
    }),
    about(38, (pod, { container, end }, view) => {
      const message = `${end.message ?? ''}\n${container.waiting?.message ?? ''}`
      const command = /exec: "(.+?)": (?:stat .+?: no such file or directory|executable file not found)/.exec(
        message,
      )?.[1]
      if (!command) return undefined
      const follows = startsAgain(container, view)
      return {
        values: { image: container.image, command },
        shown: getYaml(pod),
        field: { object: pod, path: `${container.path}.${container.spec.command ? 'command' : 'args'}` },
        ...(follows && { follows }),
        ...undo(pod, view),
      }
    }),
    about(39, (pod, { container, end }, view) => {
      if (end.exitCode !== 0 || container.init) return undefined
      const follows = startsAgain(container, view)
      return {
        shown: getYaml(pod),
        field: { object: pod, path: `${container.path}.${container.spec.command ? 'command' : 'image'}` },
        ...(follows && { follows }),
      }
    }),
    about(40, (pod, { container, end }, view) => {
      if (end.exitCode === 0 || container.init) return undefined
      const previous = isPrevious(container)
      const fault = faultLine(pod, container.name, previous, view)
      const line = fault ?? lastLine(pod, container.name, previous, view)
      const signal = end.exitCode > 128 ? signals[end.exitCode - 128] : undefined
      const follows = startsAgain(container, view)
      return {
        text: signal ? '40c' : fault ? '40d' : line ? '40' : '40b',
        values: { code: end.exitCode, line: line ?? '', signal: signal ?? '' },
        shown: logs(pod, container, previous),
        field: { object: pod, path: `${container.path}.${container.spec.command ? 'command' : 'image'}` },
        ...(follows && { follows }),
        ...undo(pod, view),
        ...(line &&
          /refused|no such host|resolve|bad address|timed? ?out/i.test(line) && {
            next: asked(pod, container, view),
          }),
      }
    }),
    about(41, (pod, { container, end }, view) => {
      if (!container.init) return undefined
      const previous = isPrevious(container)
      const line = lastLine(pod, container.name, previous, view)
      const follows = startsAgain(container, view)
      return {
        text: line ? '41' : '41b',
        values: { init: container.name, code: end.exitCode, line: line ?? '' },
        shown: logs(pod, container, previous),
        field: { object: pod, path: `${container.path}.${container.spec.command ? 'command' : 'image'}` },
        ...(follows && { follows }),
        ...(line && { next: asked(pod, container, view) }),
      }
    }),
    {
      number: 42,
      ask(pod, view) {
        const container = waitedFor(pod, view)
        if (!container) return undefined
        const line = lastLine(pod, container.name, false, view)
        return {
          text: line ? '42' : '42b',
          values: { init: container.name, line: line ?? '' },
          shown: logs(pod, container, false),
          field: { object: pod, path: `${container.path}.command` },
          next: asked(pod, container, view),
        }
      },
    },
  ],
})

const logs = ({ metadata }: KubeObject, { name }: ContainerFacts, previous: boolean): string =>
  `kubectl logs ${metadata.name}${inNamespace(metadata.namespace)} -c ${name}${previous ? ' --previous' : ''}`

/** Whether the run that has ended is the one before: until another has begun, its log is the present one. */
const isPrevious = ({ restarts, terminated }: ContainerFacts): boolean => restarts > 0 && !terminated

/** Did the kubelet end it because of a probe? */
const killed = (pod: Pod, { name }: ContainerFacts, probe: string, view: View): boolean =>
  view
    .events(pod)
    .some(
      ({ reason, message = '' }) =>
        reason === 'Killing' &&
        message.startsWith(`Container ${name} `) &&
        message.includes(`failed ${probe} probe`),
    )

const unhealthy = (pod: Pod, probe: string, view: View): string =>
  view.event(pod, 'Unhealthy', new RegExp(`${probe} probe failed: (.*)`, 's'))?.[1]?.trim() ?? ''

/** Has it ever been ready? The condition keeps the time at which it last changed. */
function wasReady(pod: Pod): boolean {
  const changed = conditionOf(pod, 'Ready')?.lastTransitionTime
  const begun = pod.status.startTime
  return !!changed && !!begun && parseTime(changed) - parseTime(begun) > lagMs
}

const timesOf = (probe: Probe | undefined): { d: number; p: number; f: number } => ({
  d: probe?.initialDelaySeconds ?? 0,
  p: probe?.periodSeconds ?? 10,
  f: probe?.failureThreshold ?? 3,
})

/** The wait that the kubelet names, counted from the end of the last run. */
function startsAgain({ waiting, last }: ContainerFacts, view: View): Phrase | undefined {
  const [, minutes, seconds] = /back-off (?:(\d+)m)?(\d+)s restarting/.exec(waiting?.message ?? '') ?? []
  if (seconds === undefined || !last?.finishedAt) return undefined
  const wait = (Number(minutes ?? 0) * 60 + Number(seconds)) * 1000
  const left = Math.ceil((wait - view.since(last.finishedAt)) / 1000)
  return left > 0 ? { text: 'startsAgain', values: { seconds: left } } : undefined
}

/** What a container asked the network for, that it did not get. */
function asked(pod: Pod, { spec }: ContainerFacts, view: View): Subject | undefined {
  const { name: pods, namespace = 'default' } = pod.metadata
  const trace = view.exchanges.find(
    each => each.hops[0]?.name === `${namespace}/${pods}` && typeof each.outcome === 'string',
  )
  if (trace) return { type: 'request', trace }
  const name = askedName(spec)
  return name === undefined ? undefined : { type: 'name', name, namespace }
}

/** Those that somebody sends; ABRT and SEGV a program brings upon itself. */
const signals: Readonly<Record<number, string>> = { 1: 'HUP', 2: 'INT', 9: 'KILL', 15: 'TERM' }
