import type { Pod } from '../../../src/kinds/schema/types.ts'
import { isReady, podsOf } from '../../../src/lesson/checks.ts'
import type { Change, ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { readyPod } from '../checks.ts'

const claim = (view: ClusterView, name: string) => view.get('persistentvolumeclaims', name)

/** The volume that a claim is bound to. */
const volumeOf = (view: ClusterView, name: string): string | undefined =>
  claim(view, name)?.status?.phase === 'Bound' && !claim(view, name)?.metadata.deletionTimestamp
    ? claim(view, name)?.spec.volumeName
    : undefined

/** Whether the cluster chose that volume: a claim that names its volume does without this mark. */
const wasChosen = (view: ClusterView, name: string): boolean =>
  claim(view, name)?.metadata.annotations?.['pv.kubernetes.io/bound-by-controller'] === 'yes'

/** The claim that stands at a path of the first container. */
const mountedAt = (object: Pod | undefined, path: string): string | undefined => {
  const spec = object?.spec
  const mount = spec?.containers[0]?.volumeMounts?.find(each => each.mountPath.replace(/\/$/, '') === path)
  const volume = spec?.volumes?.find(each => each.name === mount?.name)
  return volume?.persistentVolumeClaim?.claimName
}

/** The uid of the volume that the exercise begins with. */
const firstDisk = {
  resources: ['persistentvolumes'],
  start: undefined as string | undefined,
  next: (seen: string | undefined, { object }: Change) =>
    seen ?? (object.metadata.name === 'disk-1' ? object.metadata.uid : undefined),
}

const disks = [
  'kk apply -f storageclass-disks.yaml -f pvs-three.yaml',
  'ssh k8s-node1 mkdir -p /mnt/a',
  'ssh k8s-node2 mkdir -p /mnt/b /mnt/c',
]

export default {
  transcript: 'storage.console',
  minutes: 20,
  level: 3,
  needs: ['3.12', '3.13'],
  workers: 2,
  start: ['ssh k8s-node2 mkdir -p /mnt/covers'],
  exercises: [
    {
      name: 'two-gigabytes',
      kind: 'repeat',
      start: disks,
      checks: {
        bound: (view: ClusterView) => volumeOf(view, 'books') === 'disk-b' && wasChosen(view, 'books'),
        pod: (view: ClusterView) => mountedAt(readyPod(view, 'reader'), '/books') === 'books',
      },
      solution: [
        "sed 's/: covers/: books/; s/1Gi/2Gi/' pvc-covers.yaml | kk apply -f -",
        "sed 's/name: shelf/name: reader/; s#/covers#/books#; s/claimName: covers/claimName: books/' pod-shelf.yaml | kk apply -f -",
        20,
      ],
    },
    {
      name: 'each-its-own',
      kind: 'vary',
      start: disks,
      checks: {
        ready: (view: ClusterView) => {
          const db = view.get('statefulsets', 'db')
          const pods = podsOf(view, db)
          return db?.spec.replicas === 2 && pods.length === 2 && pods.every(isReady)
        },
        own: (view: ClusterView) => {
          const claims = podsOf(view, view.get('statefulsets', 'db')).map(pod => mountedAt(pod, '/data'))
          const volumes = claims.map(name => name && volumeOf(view, name))
          return volumes.length === 2 && volumes.every(Boolean) && new Set(volumes).size === 2
        },
      },
      solution: [
        `printf '%s\\n' 'apiVersion: apps/v1' 'kind: StatefulSet' 'metadata: {name: db}' 'spec:' '  serviceName: db' '  replicas: 2' '  selector: {matchLabels: {app: db}}' '  template:' '    metadata: {labels: {app: db}}' '    spec: {containers: [{name: main, image: "busybox:1.28", command: [sleep, infinity], volumeMounts: [{name: data, mountPath: /data}]}]}' '  volumeClaimTemplates:' '  - metadata: {name: data}' '    spec: {storageClassName: disks, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}' | kk apply -f -`,
        40,
      ],
    },
    {
      name: 'not-bound',
      kind: 'fix',
      start: [
        'kk apply -f storageclass-disks.yaml -f pv-disk-1.yaml -f pvc-covers-broken.yaml -f pod-shelf.yaml',
        30,
      ],
      watch: firstDisk,
      checks: {
        bound: (view: ClusterView) => volumeOf(view, 'covers') === 'disk-1',
        pod: (view: ClusterView) => mountedAt(readyPod(view, 'shelf'), '/covers') === 'covers',
        disk: (view: ClusterView, uid: string | undefined) => {
          const disk = view.get('persistentvolumes', 'disk-1', '')
          return (
            disk !== undefined &&
            disk.metadata.uid === uid &&
            disk.spec.capacity?.storage === '5Gi' &&
            disk.spec.storageClassName === 'disks' &&
            disk.spec.accessModes?.join() === 'ReadWriteOnce' &&
            volumeOf(view, 'covers') === 'disk-1'
          )
        },
      },
      solution: [
        'kk describe pvc covers | tail -4',
        'kk get pv',
        'kk delete pvc covers',
        "sed -i 's/storageClassName: disk$/storageClassName: disks/; s/ReadWriteMany/ReadWriteOnce/; s/20Gi/2Gi/' pvc-covers-broken.yaml",
        'kk apply -f pvc-covers-broken.yaml',
        30,
      ],
    },
  ],
} satisfies Lesson
