import { firstUid } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { hasAddress, offers, opensNodePorts, reachesPods, reachesPort, serviceOf } from '../checks.ts'

export default {
  transcript: 'five-types.console',
  minutes: 15,
  level: 1,
  needs: ['1.7', '4.1'],
  outside: true,
  start: ['kk apply -f deployment.yaml -f pod_curl.yaml', 10],
  exercises: [
    {
      name: 'three-callers',
      kind: 'repeat',
      checks: {
        front: (view: ClusterView) => {
          const service = serviceOf(view, 'front')
          return service?.spec.type === 'ClusterIP' && hasAddress(service) && reachesPods(view, 'front')
        },
        tester: (view: ClusterView) =>
          opensNodePorts(serviceOf(view, 'tester')) && reachesPods(view, 'tester'),
        port: (view: ClusterView) => reachesPort(view, 'front', 3000) && reachesPort(view, 'tester', 3000),
        shipping: (view: ClusterView) => {
          const { type, externalName } = serviceOf(view, 'shipping')?.spec ?? {}
          return type === 'ExternalName' && externalName?.replace(/\.$/, '') === 'example.com'
        },
      },
      solution: [
        'kk expose deployment hellok8s-go-http --name=front --port=3000',
        'kk expose deployment hellok8s-go-http --name=tester --port=3000 --type=NodePort',
        'kk create service externalname shipping --external-name=example.com',
        5,
      ],
    },
    {
      name: 'open-a-door',
      kind: 'vary',
      start: ['kk apply -f service-clusterip.yaml', 5],
      watch: firstUid('services', 'service-hellok8s-clusterip'),
      checks: {
        same: (view: ClusterView, uid: string | undefined) =>
          uid !== undefined && serviceOf(view, 'service-hellok8s-clusterip')?.metadata.uid === uid,
        open: (view: ClusterView) => opensNodePorts(serviceOf(view, 'service-hellok8s-clusterip')),
        pods: (view: ClusterView) =>
          reachesPods(view, 'service-hellok8s-clusterip') &&
          reachesPort(view, 'service-hellok8s-clusterip', 3000),
      },
      solution: [`kk patch service service-hellok8s-clusterip -p '{"spec":{"type":"NodePort"}}'`, 5],
    },
    {
      name: 'port-eighty',
      kind: 'fix',
      start: ['kk apply -f service-hello-headless.yaml', 5],
      checks: {
        address: (view: ClusterView) => hasAddress(serviceOf(view, 'hello')),
        eighty: (view: ClusterView) => offers(serviceOf(view, 'hello'), 80),
        pods: (view: ClusterView) => reachesPods(view, 'hello') && reachesPort(view, 'hello', 3000),
      },
      solution: [
        'kk exec curl -- curl -sS -m 3 hello',
        'kk delete service hello',
        'kk expose deployment hellok8s-go-http --name=hello --port=80 --target-port=3000',
        5,
      ],
    },
  ],
} satisfies Lesson
