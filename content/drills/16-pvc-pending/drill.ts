import type { Drill } from '../../../src/lesson/drill.ts'
import { kept } from '../../../src/lesson/drill-checks/history.ts'
import { rolledOut } from '../../../src/lesson/drill-checks/objects.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'

export default {
  level: 2,
  minutes: 8,
  lesson: '10.7',
  workers: 2,
  start: ['kubectl apply -f disk.yaml -f queue.yaml', 60],
  checks: {
    'bound-to-disk': (view: ClusterView) => {
      const claim = view.get('persistentvolumeclaims', 'queue-data')
      return claim?.status.phase === 'Bound' && claim.spec.volumeName === 'disk-1'
    },
    'queue-runs': (view: ClusterView) => {
      const { volumes, containers } = view.get('deployments', 'queue')?.spec.template.spec ?? {}
      const data = volumes?.find(each => each.persistentVolumeClaim?.claimName === 'queue-data')
      const mounts = containers?.[0]?.volumeMounts ?? []
      return (
        rolledOut(view, 'queue') &&
        mounts.some(({ name, mountPath }) => name === data?.name && mountPath === '/data')
      )
    },
    'disk-kept': kept('persistentvolumes', 'disk-1'),
  },
  solution: [
    "sed -i 's/storageClassName: fast/storageClassName: local-disks/' queue.yaml",
    'kubectl replace --force -f queue.yaml',
  ],
} satisfies Drill
