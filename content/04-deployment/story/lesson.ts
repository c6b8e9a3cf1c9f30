import type { Deployment, Pod } from '../../../src/kinds/schema/types.ts'
import { type Fewest, fewest, neverBelow, podsOf, watching } from '../../../src/lesson/checks.ts'
import type { Change, ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { deploymentOf, fileRuns, isReleased, lastApplied, lastAppliedRuns, name, runs } from '../checks.ts'

const file = 'deployment-three.yaml'
const bad = 'v2_problem'

/** How far the day has come: nothing yet, the bad version has crashed, and `v1` was whole again after that. */
type Stage = 'morning' | 'crashed' | 'back'

const hasCrashed = (pod: Pod): boolean =>
  pod.status?.containerStatuses?.some(
    each => each.restartCount > 0 || each.state?.terminated || each.lastState?.terminated,
  ) === true

const day = {
  resources: ['deployments', 'pods'],
  start: 'morning' as Stage,
  next: (seen: Stage, _: Change, view: ClusterView): Stage => {
    if (seen === 'morning')
      return podsOf(view, deploymentOf(view)).some(pod => runs(pod, bad) && hasCrashed(pod))
        ? 'crashed'
        : seen
    return isReleased(view, 'v1') ? 'back' : seen
  },
}

/** Pods to which the Service sends requests, and which answer them: the bad version never does. */
const answering = fewest(['endpointslices'], view => {
  const endpoints = view
    .list('endpointslices', { labels: 'kubernetes.io/service-name=hellok8s' })
    .flatMap(slice => slice.endpoints ?? [])
  const names = endpoints.filter(each => each.conditions?.ready).map(each => each.targetRef?.name ?? '')
  return [...new Set(names)].filter(each => {
    const pod = view.get('pods', each)
    return runs(pod, 'v1') || runs(pod, 'v2')
  }).length
})

const asksHealth = (deployment: Deployment | undefined): boolean => {
  const http = deployment?.spec.template.spec.containers[0]?.readinessProbe?.httpGet
  return http?.path === '/healthz' && http.port === 3000
}

interface Seen {
  readonly day: Stage
  readonly answering: Fewest | undefined
}

export default {
  transcript: 'story.console',
  minutes: 25,
  level: 3,
  needs: ['4.4', '4.5', '4.8', '4.9'],
  start: [`kk apply -f ${file} -f service.yaml`, 15],
  exercises: [
    {
      name: 'day',
      kind: 'vary',
      watch: watching({ day, answering }),
      checks: {
        first: (_: ClusterView, seen: Seen) => seen.day !== 'morning',
        back: (_: ClusterView, seen: Seen) => seen.day === 'back',
        probe: (view: ClusterView) => asksHealth(deploymentOf(view)),
        again: (view: ClusterView) => isReleased(view, 'v2'),
        file: (view: ClusterView) =>
          fileRuns(view, file, 'v2') &&
          /^ *readinessProbe:/m.test(view.file(file) ?? '') &&
          lastAppliedRuns(view, 'v2') &&
          asksHealth(lastApplied(view)),
        always: (_: ClusterView, seen: Seen) => neverBelow(seen.answering, 2),
      },
      solution: [
        `kk patch deployment ${name} -p '{"spec":{"minReadySeconds":10}}'`,
        `kk set image deployment/${name} hellok8s=leigg/hellok8s:${bad}`,
        40,
        'kk logs -l app=hellok8s | grep panic',
        `kk rollout undo deployment/${name}`,
        20,
        `printf '          readinessProbe:\\n            httpGet: {path: /healthz, port: 3000}\\n' >> ${file}`,
        `kk apply -f ${file}`,
        `kk rollout status deployment/${name}`,
        `sed -i 's/:v1/:v2/' ${file}`,
        `kk apply -f ${file}`,
        60,
      ],
    },
  ],
} satisfies Lesson
