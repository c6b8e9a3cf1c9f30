import type { Deployment, DeploymentCondition } from '../../../src/kinds/schema/types.ts'
import { heldFor, isReady, podsOf, since } from '../../../src/lesson/checks.ts'
import type { Change, ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { availablePods, deploymentOf, isReleased, name, runs } from '../checks.ts'

const release = (tag: string) => `kk set image deployment/${name} hellok8s=leigg/hellok8s:${tag}`
const probeOf = (object: Deployment | undefined) => object?.spec.template.spec.containers[0]?.readinessProbe
const asksHealth = (view: ClusterView): boolean => {
  const http = probeOf(deploymentOf(view))?.httpGet
  return http?.path === '/healthz' && http.port === 3000
}

/** The version that is never ready is on its way, by the controller's own hand. */
const isOnItsWay = (view: ClusterView): boolean => {
  const deployment = deploymentOf(view)
  return (
    deployment?.spec.replicas === 3 &&
    !deployment.spec.paused &&
    runs(deployment, 'readiness') &&
    podsOf(view, deployment).some(pod => runs(pod, 'readiness') && pod.status?.phase === 'Running')
  )
}

const isTooLate = (object: Change['object']): boolean =>
  runs(object, 'readiness') &&
  object.status?.conditions?.some(
    (each: DeploymentCondition) => each.type === 'Progressing' && each.reason === 'ProgressDeadlineExceeded',
  ) === true

export default {
  transcript: 'readiness.console',
  minutes: 20,
  level: 2,
  needs: ['4.4', '4.5', '4.7'],
  exercises: [
    {
      name: 'kept-out',
      kind: 'repeat',
      start: ['kk apply -f deployment-three.yaml', 10],
      watch: since(
        ['deployments', 'pods'],
        view => isOnItsWay(view) && availablePods(view).filter(pod => runs(pod, 'v1')).length >= 2,
      ),
      checks: {
        released: (view: ClusterView) => isOnItsWay(view),
        guarded: (view: ClusterView) => asksHealth(view),
        held: (view: ClusterView, held: number | undefined) => heldFor(view, held, 30_000),
      },
      solution: [
        "printf '          readinessProbe:\\n            httpGet: {path: /healthz, port: 3000}\\n' >> deployment-three.yaml",
        'kk apply -f deployment-three.yaml',
        30,
        release('readiness'),
        60,
      ],
    },
    {
      name: 'one-minute',
      kind: 'vary',
      start: ['kk apply -f deployment-readiness.yaml', 15],
      watch: {
        resources: ['deployments'],
        start: false,
        next: (seen: boolean, { object }: Change) => seen || isTooLate(object),
      },
      checks: {
        deadline: (view: ClusterView) => (deploymentOf(view)?.spec.progressDeadlineSeconds ?? 600) <= 60,
        failed: (_: ClusterView, seen: boolean) => seen,
        back: (view: ClusterView) => isReleased(view, 'v3_hostname'),
      },
      solution: [
        `kk patch deployment ${name} -p '{"spec":{"progressDeadlineSeconds":60}}'`,
        release('readiness'),
        `kk rollout status deployment/${name}`,
        `kk rollout undo deployment/${name}`,
        20,
      ],
    },
    {
      name: 'too-late',
      kind: 'fix',
      start: ['kk apply -f deployment-late.yaml', 1800],
      checks: {
        probe: (view: ClusterView) => asksHealth(view),
        soon: (view: ClusterView) => {
          const probe = probeOf(deploymentOf(view))
          return probe !== undefined && (probe.initialDelaySeconds ?? 0) + (probe.periodSeconds ?? 10) <= 30
        },
        ready: (view: ClusterView) => {
          const deployment = deploymentOf(view)
          const ready = podsOf(view, deployment).filter(isReady)
          return {
            met: deployment?.spec.replicas === 3 && runs(deployment, 'v2') && ready.length === 3,
            count: ready.length,
          }
        },
      },
      solution: [
        "sed -i 's/initialDelaySeconds: 3000/initialDelaySeconds: 3/' deployment-late.yaml",
        'kk apply -f deployment-late.yaml',
        40,
      ],
    },
  ],
} satisfies Lesson
