import { parseTime } from '../../../src/engine/engine.ts'
import type { ContainerStateTerminated, Pod } from '../../../src/kinds/schema/types.ts'
import { podSpecOf, podsOf, readySince, steadyFor } from '../../../src/lesson/checks.ts'
import type { Change, ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { deploymentOf, runs } from '../checks.ts'

const minute = 60_000
const probeOf = (object: Change['object'] | undefined) => podSpecOf(object)?.containers[0]?.livenessProbe
/** Asks the program itself on that port, and kills a container that is out of order within two minutes. */
function isOfUse(object: Change['object'] | undefined, port: number): boolean {
  const { ports = [] } = podSpecOf(object)?.containers[0] ?? {}
  const probe = probeOf(object)
  const {
    httpGet,
    tcpSocket,
    initialDelaySeconds = 0,
    periodSeconds = 10,
    failureThreshold = 3,
  } = probe ?? {}
  const asked = httpGet ?? tcpSocket
  return (
    asked !== undefined &&
    (asked.port === port || ports.some(each => each.name === asked.port && each.containerPort === port)) &&
    asked.host === undefined &&
    initialDelaySeconds + periodSeconds * failureThreshold <= 120
  )
}
const restarts = (pod: Pod | undefined): number => pod?.status?.containerStatuses?.[0]?.restartCount ?? 0

/** A container of the ailing image lived for a minute before it was killed. */
const livedAndDied = (pod: Change['object']): boolean => {
  const { startedAt, finishedAt }: Partial<ContainerStateTerminated> =
    pod.status?.containerStatuses?.[0]?.lastState?.terminated ?? {}
  return (
    runs(pod, 'liveness') &&
    !!startedAt &&
    !!finishedAt &&
    parseTime(finishedAt) - parseTime(startedAt) >= minute
  )
}

export default {
  transcript: 'liveness.console',
  minutes: 20,
  level: 2,
  needs: ['3.8', '4.3'],
  exercises: [
    {
      name: 'be-patient',
      kind: 'repeat',
      watch: {
        resources: ['pods'],
        start: false,
        // Only restarts that a probe made: it asks /healthz, which this image fails sooner or later.
        next: (seen: boolean, { object }: Change) =>
          seen || (livedAndDied(object) && probeOf(object)?.httpGet?.path === '/healthz'),
      },
      checks: {
        asks: (view: ClusterView) => {
          const deployment = deploymentOf(view)
          return runs(deployment, 'liveness') && probeOf(deployment)?.httpGet?.path === '/healthz'
        },
        lived: (_: ClusterView, seen: boolean) => seen,
      },
      solution: [
        "sed -i 's/periodSeconds: 3/periodSeconds: 25/' deployment-liveness.yaml",
        'kk apply -f deployment-liveness.yaml',
        120,
      ],
    },
    {
      name: 'warm-up',
      kind: 'vary',
      checks: {
        'same-liveness': (view: ClusterView) => {
          const { exec, periodSeconds, failureThreshold, initialDelaySeconds } =
            probeOf(view.get('pods', 'slow')) ?? {}
          return (
            exec?.command?.join(' ') === 'cat /tmp/up' &&
            periodSeconds === 5 &&
            failureThreshold === 3 &&
            !initialDelaySeconds
          )
        },
        startup: (view: ClusterView) =>
          view.get('pods', 'slow')?.spec.containers[0]?.startupProbe !== undefined,
        steady: (view: ClusterView) =>
          restarts(view.get('pods', 'slow')) === 0 && steadyFor(view, 'slow', 30_000),
      },
      solution: [
        "sed -i 's/      livenessProbe:/      startupProbe: {exec: {command: [cat, \\/tmp\\/up]}, periodSeconds: 5, failureThreshold: 20}\\n      livenessProbe:/' pod-slow.yaml",
        'kk apply -f pod-slow.yaml',
        100,
      ],
    },
    {
      name: 'wrong-door',
      kind: 'fix',
      start: ['kk apply -f deployment-liveness-broken.yaml', 300],
      checks: {
        asks: (view: ClusterView) => isOfUse(deploymentOf(view), 3000),
        steady: (view: ClusterView) => {
          const steady = podsOf(view, deploymentOf(view)).filter(pod => {
            const since = readySince(pod)
            return (
              runs(pod, 'v2') &&
              isOfUse(pod, 3000) &&
              restarts(pod) === 0 &&
              since !== undefined &&
              view.now - since >= minute
            )
          })
          return { met: steady.length >= 2, count: steady.length }
        },
      },
      solution: [
        "sed -i 's/8080/3000/' deployment-liveness-broken.yaml",
        'kk apply -f deployment-liveness-broken.yaml',
        90,
      ],
    },
  ],
} satisfies Lesson
