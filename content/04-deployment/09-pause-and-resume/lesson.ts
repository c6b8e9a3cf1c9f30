import { type Fewest, imagesOf, isReady, podsOf, sameImage } from '../../../src/lesson/checks.ts'
import type { Change, ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import {
  alwaysAvailable,
  availability,
  deploymentOf,
  isReleased,
  name,
  replicaSetsOf,
  runs,
  tagged,
} from '../checks.ts'

const canary = `${name}-canary`

/** Ready pods of a Deployment that run that version. */
const readyOf = (view: ClusterView, deployment: string, tag: string) =>
  podsOf(view, view.get('deployments', deployment)).filter(
    pod => isReady(pod) && imagesOf(pod).every(image => sameImage(image, tagged(tag))),
  )

/** Whether a Deployment or ReplicaSet has the template that all-in-one begins with. */
const hasFirstTemplate = (object: Change['object'] | undefined): boolean => {
  const [container] = object?.spec.template.spec.containers ?? []
  return runs(object, 'v1') && !container?.env?.length && !container.resources?.requests?.cpu
}

const hasTwo = (view: ClusterView, deployment: string, tag: string) => {
  const count = readyOf(view, deployment, tag).length
  return { met: count === 2 && view.get('deployments', deployment)?.spec.replicas === 2, count }
}

export default {
  transcript: 'pause-and-resume.console',
  minutes: 20,
  level: 2,
  needs: ['4.4', '4.5', '4.8'],
  exercises: [
    {
      name: 'half-and-half',
      kind: 'repeat',
      start: ['kk apply -f deployment-stable.yaml -f deployment-canary.yaml -f service.yaml', 15],
      checks: {
        stable: (view: ClusterView) => hasTwo(view, name, 'v1'),
        canary: (view: ClusterView) => hasTwo(view, canary, 'v2'),
        service: (view: ClusterView) => {
          const pods = [...readyOf(view, name, 'v1'), ...readyOf(view, canary, 'v2')]
          const behind = view
            .list('endpointslices', { labels: 'kubernetes.io/service-name=hellok8s' })
            .flatMap(slice => slice.endpoints ?? [])
            .filter(endpoint => endpoint.conditions?.ready !== false)
            .flatMap(endpoint => endpoint.addresses)
          return (
            behind.length === 4 &&
            pods
              .map(pod => pod.status.podIP)
              .sort()
              .join() === [...behind].sort().join()
          )
        },
      },
      solution: [`kk scale deployment ${name} ${canary} --replicas=2`, 10],
    },
    {
      name: 'all-in-one',
      kind: 'vary',
      start: ['kk apply -f deployment-three.yaml', 10],
      watch: {
        resources: ['deployments', 'replicasets'],
        // The ReplicaSets that were brought up since it last stood as at the beginning: a false start may be taken back.
        start: [] as readonly string[],
        next: (seen: readonly string[], _: Change, view: ClusterView) => {
          if (hasFirstTemplate(deploymentOf(view)) && isReleased(view, 'v1')) return []
          const up = replicaSetsOf(view).filter(each => each.spec.replicas! > 0 && !hasFirstTemplate(each))
          return [...new Set([...seen, ...up.map(each => each.metadata.uid!)])]
        },
      },
      checks: {
        'all-three': (view: ClusterView) => {
          const [container] = deploymentOf(view)?.spec.template.spec.containers ?? []
          return (
            isReleased(view, 'v2') &&
            container?.env?.some(each => each.name === 'MODE' && each.value === 'test') === true &&
            ['50m', '0.05'].includes(container.resources?.requests?.cpu ?? '')
          )
        },
        'one-revision': (_: ClusterView, up: readonly string[]) => up.length === 1,
        running: (view: ClusterView) => !!deploymentOf(view) && !deploymentOf(view)?.spec.paused,
      },
      solution: [
        `kk rollout pause deployment/${name}`,
        `kk set image deployment/${name} hellok8s=leigg/hellok8s:v2`,
        `kk set env deployment/${name} MODE=test`,
        `kk set resources deployment/${name} --requests=cpu=50m`,
        `kk rollout resume deployment/${name}`,
        15,
      ],
    },
    {
      name: 'forgotten',
      kind: 'fix',
      start: [
        'kk apply -f deployment-three.yaml',
        10,
        `kk rollout pause deployment/${name}`,
        "sed -i 's/:v1/:v2/' deployment-three.yaml",
        'kk apply -f deployment-three.yaml',
        1800,
      ],
      watch: availability,
      checks: {
        'rolled-out': (view: ClusterView) => isReleased(view, 'v2'),
        always: (view: ClusterView, seen: Fewest | undefined) => alwaysAvailable(3)(view, seen),
      },
      solution: [`kk rollout resume deployment/${name}`, 20],
    },
  ],
} satisfies Lesson
