import type { Deployment, EnvVarSource, Pod, VolumeProjection } from '../../../src/kinds/schema/types.ts'
import { firstUid, imagesOf, limitsOf, podSpecOf, sameImage } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { deployment, readyPod, runs } from '../checks.ts'

const mebibyte = 2 ** 20

/** Where a variable of the first container comes from. */
const sourceOf = (object: Pod | Deployment | undefined, name: string): EnvVarSource | undefined =>
  podSpecOf(object)?.containers[0]?.env?.findLast(each => each.name === name)?.valueFrom

const readsField = (view: ClusterView, name: string, path: string): boolean =>
  sourceOf(deployment(view, 'home'), name)?.fieldRef?.fieldPath === path && runs(view, 'home', 2)

/** Where the labels of a pod stand as a file that follows: items of downward API volumes, mounted without subPath. */
const labelFiles = (object: Pod | Deployment | undefined): string[] => {
  const { containers = [], volumes = [] } = podSpecOf(object) ?? {}
  return (containers[0]?.volumeMounts ?? [])
    .filter(mount => !mount.subPath && !mount.subPathExpr)
    .flatMap(({ name, mountPath }) => {
      const volume = volumes.find(each => each.name === name)
      const sources: readonly VolumeProjection[] = volume?.projected?.sources ?? [volume ?? {}]
      return sources
        .flatMap(({ downwardAPI }) => downwardAPI?.items ?? [])
        .filter(item => item.fieldRef?.fieldPath === 'metadata.labels')
        .map(({ path }) => `${mountPath.replace(/\/$/, '')}/${path}`)
    })
}

export default {
  transcript: 'downward.console',
  minutes: 15,
  level: 2,
  needs: ['3.11', '10.2'],
  workers: 2,
  exercises: [
    {
      name: 'who-am-i',
      kind: 'repeat',
      start: ['kk create deployment home --image=leigg/hellok8s:v3_hostname --replicas=2', 15],
      checks: {
        name: (view: ClusterView) => readsField(view, 'POD_NAME', 'metadata.name'),
        node: (view: ClusterView) => readsField(view, 'NODE_NAME', 'spec.nodeName'),
        address: (view: ClusterView) => readsField(view, 'POD_IP', 'status.podIP'),
      },
      solution: [
        `kk patch deployment home -p '{"spec":{"template":{"spec":{"containers":[{"name":"hellok8s","env":[{"name":"POD_NAME","valueFrom":{"fieldRef":{"fieldPath":"metadata.name"}}},{"name":"NODE_NAME","valueFrom":{"fieldRef":{"fieldPath":"spec.nodeName"}}},{"name":"POD_IP","valueFrom":{"fieldRef":{"fieldPath":"status.podIP"}}}]}]}}}}'`,
        15,
      ],
    },
    {
      name: 'own-size',
      kind: 'vary',
      checks: {
        limit: (view: ClusterView) =>
          limitsOf(podSpecOf(readyPod(view, 'worker'))?.containers[0]).memory === 96 * mebibyte,
        number: (view: ClusterView) => {
          const source = sourceOf(readyPod(view, 'worker'), 'CACHE_MB')?.resourceFieldRef
          return source?.resource === 'limits.memory' && source.divisor === '1Mi'
        },
      },
      solution: [
        `kk run worker --image=busybox:1.28 --overrides='{"spec":{"containers":[{"name":"worker","image":"busybox:1.28","command":["sleep","3600"],"resources":{"limits":{"memory":"96Mi"}},"env":[{"name":"CACHE_MB","valueFrom":{"resourceFieldRef":{"resource":"limits.memory","divisor":"1Mi"}}}]}]}}'`,
        10,
      ],
    },
    {
      name: 'stale',
      kind: 'fix',
      start: ['kk apply -f deployment-agent-broken.yaml', 15],
      watch: firstUid('deployments', 'agent'),
      checks: {
        follows: (view: ClusterView) =>
          labelFiles(deployment(view, 'agent')).includes('/etc/podinfo/labels') && runs(view, 'agent'),
        program: (view: ClusterView, uid: string | undefined) => {
          const agent = deployment(view, 'agent')
          const { command = [] } = podSpecOf(agent)?.containers[0] ?? {}
          return (
            agent?.metadata.uid === uid &&
            sameImage(imagesOf(agent)[0], 'busybox:1.28') &&
            command.join(' ').includes('cat /etc/podinfo/labels;')
          )
        },
      },
      solution: [
        "sed -i '/subPath/d; s#mountPath: .*#mountPath: /etc/podinfo#' deployment-agent-broken.yaml",
        'kk apply -f deployment-agent-broken.yaml',
        60,
      ],
    },
  ],
} satisfies Lesson
