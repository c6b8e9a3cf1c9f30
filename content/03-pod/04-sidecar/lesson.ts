import type { Container } from '../../../src/kinds/schema/types.ts'
import { isReady } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

/** A pod without a helper: its log goes into a file that nobody else sees. */
const desk = `apiVersion: v1
kind: Pod
metadata:
  name: desk
spec:
  terminationGracePeriodSeconds: 2
  containers:
    - name: desk
      image: busybox:1.28
      command: [sh, -c, 'while sleep 5; do echo visit >> /var/log/desk/visits.log; done']
`

const pod = (view: ClusterView, name: string) => view.get('pods', name)

/** A container of a pod or one of its sidecars. */
const container = (view: ClusterView, podName: string, name: string): Container | undefined => {
  const { containers = [], initContainers = [] } = pod(view, podName)?.spec ?? {}
  return [...containers, ...initContainers.filter(each => each.restartPolicy === 'Always')].find(
    each => each.name === name,
  )
}

/** The volumes that two containers of a pod both mount; of the first one's only those at a path, where one is given. */
function sharedVolumes(
  view: ClusterView,
  podName: string,
  [first, second]: readonly [string, string],
  path?: string,
): string[] {
  const mounts = (name: string) => container(view, podName, name)?.volumeMounts ?? []
  const volumes = pod(view, podName)?.spec.volumes ?? []
  return mounts(first)
    .filter(({ mountPath }) => path === undefined || mountPath.replace(/\/$/, '') === path)
    .map(({ name }) => name)
    .filter(name => mounts(second).some(each => each.name === name))
    .filter(name => volumes.some(each => each.name === name && each.emptyDir))
}

export default {
  transcript: 'sidecar.console',
  minutes: 15,
  level: 2,
  needs: ['3.3', '3.7'],
  files: { 'desk.yaml': desk },
  exercises: [
    {
      name: 'hear-the-desk',
      kind: 'repeat',
      start: ['kk apply -f desk.yaml', 10],
      checks: {
        shared: view => sharedVolumes(view, 'desk', ['desk', 'ship'], '/var/log/desk').length > 0,
        ready: view => isReady(pod(view, 'desk')),
        saved: view => /^visit/m.test(view.file('ship.log') ?? ''),
      },
      solution: [
        'kk delete pod desk',
        "sed 's/till/desk/g; s/sale/visit/g' pod-sidecar.yaml | kk apply -f -",
        20,
        'kk logs desk -c ship > ship.log',
        1,
      ],
    },
    {
      name: 'front-page',
      kind: 'vary',
      checks: {
        shared: view => sharedVolumes(view, 'front', ['web', 'news'], '/usr/share/nginx/html').length > 0,
        ready: view => isReady(pod(view, 'front')),
        saved: view => (view.file('page.html') ?? '').includes('Used books'),
      },
      solution: [
        `printf 'apiVersion: v1\\nkind: Pod\\nmetadata: {name: front}\\nspec:\\n  volumes: [{name: page, emptyDir: {}}]\\n  containers:\\n    - name: web\\n      image: nginx\\n      volumeMounts: [{name: page, mountPath: /usr/share/nginx/html}]\\n    - name: news\\n      image: busybox:1.28\\n      command: [sh, -c, "echo Used books > /page/index.html; sleep 86400"]\\n      volumeMounts: [{name: page, mountPath: /page}]\\n' | kk apply -f -`,
        10,
        'kk exec front -c web -- curl -s localhost > page.html',
        1,
      ],
    },
    {
      name: 'let-it-end',
      kind: 'fix',
      start: ['kk apply -f pod-sidecar-report.yaml', 60],
      checks: {
        helper: view =>
          pod(view, 'report')?.spec.initContainers?.some(
            each => each.name === 'ship' && each.restartPolicy === 'Always',
          ) === true && sharedVolumes(view, 'report', ['report', 'ship']).length > 0,
        ended: view => pod(view, 'report')?.status?.phase === 'Succeeded',
      },
      solution: ['kk replace --force -f pod-sidecar-native.yaml', 30],
    },
  ],
} satisfies Lesson
