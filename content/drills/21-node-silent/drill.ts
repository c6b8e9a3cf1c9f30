import { isReady } from '../../../src/lesson/checks.ts'
import type { Drill } from '../../../src/lesson/drill.ts'
import { all, compared, kept, neverDeleted } from '../../../src/lesson/drill-checks/history.ts'
import { rolledOut } from '../../../src/lesson/drill-checks/objects.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'

export default {
  level: 3,
  minutes: 20,
  lesson: '1.4',
  workers: 2,
  start: [
    'kubectl apply -f queue.yaml -f web.yaml',
    30,
    `kubectl patch statefulset queue --type=json -p '[{"op":"remove","path":"/spec/template/spec/nodeSelector"},{"op":"add","path":"/spec/updateStrategy","value":{"type":"OnDelete"}}]'`,
    { type: 'fault', fault: { type: 'kubelet-stopped', node: 'k8s-node2' } },
    600,
  ],
  checks: {
    'node-ready': all(kept('nodes', 'k8s-node2'), (view: ClusterView) => {
      const { spec, status } = view.get('nodes', 'k8s-node2') ?? {}
      return (
        !spec?.unschedulable &&
        !spec?.taints?.length &&
        status?.conditions?.some(each => each.type === 'Ready' && each.status === 'True')
      )
    }),
    'queue-ready': compared(
      'pods',
      'queue-0',
      (now, first) => isReady(now) && now?.metadata.uid !== first?.metadata.uid,
    ),
    'never-twice': neverDeleted(
      'pods',
      ({ metadata, status }) =>
        metadata.name === 'queue-0' && !!status.containerStatuses?.some(each => each.state.running),
    ),
    'web-served': (view: ClusterView) => rolledOut(view, 'web', { replicas: 2 }),
  },
  solution: ['ssh k8s-node2 systemctl start kubelet'],
} satisfies Drill
