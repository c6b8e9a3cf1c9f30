import type { Pod } from '../../../src/kinds/schema/types.ts'
import { firstUid, isReady, sameImage, steadyFor } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

const second = 1000

const pod = (view: ClusterView, name: string) => view.get('pods', name)
const restartsOf = (object: Pod | undefined): number =>
  object?.status?.containerStatuses?.[0]?.restartCount ?? 0
/** What its only container runs; a helper that does its work beforehand would be another program. */
const programOf = (object: Pod | undefined): string => {
  const { containers = [], initContainers = [] } = object?.spec ?? {}
  const { command = [], args = [] } = containers[0] ?? {}
  return containers.length + initContainers.length === 1 ? [...command, ...args].join(' ') : ''
}
const usesHost = (object: Pod | undefined): boolean =>
  (object?.spec.volumes ?? []).some(each => each.hostPath)

/** Whether what lies at a path is kept where a new pod finds it. */
const outlivesPod = (object: Pod | undefined, path: string): boolean =>
  (object?.spec.containers[0]?.volumeMounts ?? []).some(({ name, mountPath }) => {
    const volume = object?.spec.volumes?.find(each => each.name === name)
    return (
      `${path}/`.startsWith(`${mountPath.replace(/\/$/, '')}/`) &&
      (volume?.hostPath || volume?.persistentVolumeClaim)
    )
  })

const html = '/usr/share/nginx/html'
const mountsOf = (object: Pod | undefined) =>
  (object?.spec.containers[0]?.volumeMounts ?? []).filter(({ mountPath }) => mountPath.startsWith(html))

/** A single file of a ConfigMap that has this file, mounted at a path. */
const mountsFile = (view: ClusterView, object: Pod | undefined, path: string): boolean =>
  mountsOf(object).some(({ name, mountPath, subPath }) => {
    const { configMap } = object?.spec.volumes?.find(each => each.name === name) ?? {}
    const files = configMap?.items
      ? configMap.items.map(each => each.path)
      : Object.keys(view.get('configmaps', configMap?.name ?? '')?.data ?? {})
    return mountPath === path && subPath !== undefined && files.includes(subPath)
  })

export default {
  transcript: 'volumes.console',
  minutes: 20,
  level: 2,
  needs: ['3.3', '3.8', '3.12'],
  exercises: [
    {
      name: 'second-page',
      kind: 'repeat',
      start: ['kk apply -f pod-ledger.yaml', 20],
      watch: firstUid('pods', 'ledger'),
      checks: {
        'same-work': (view: ClusterView) => /date >> \/ledger\/pages/.test(programOf(pod(view, 'ledger'))),
        anew: (view: ClusterView, uid: string | undefined) => {
          const ledger = pod(view, 'ledger')
          return ledger !== undefined && ledger.metadata.uid !== uid && restartsOf(ledger) === 0
        },
        remembers: (view: ClusterView) =>
          isReady(pod(view, 'ledger')) &&
          outlivesPod(pod(view, 'ledger'), '/ledger') &&
          pod(view, 'ledger')?.spec.containers[0]?.readinessProbe?.exec?.command?.join(' ') ===
            'sh -c test $(wc -l < /ledger/pages) -ge 2',
      },
      solution: [
        "sed -i 's|      readinessProbe:|      volumeMounts: [{name: pages, mountPath: /ledger}]\\n      readinessProbe:|' pod-ledger.yaml",
        "printf '  volumes:\\n    - name: pages\\n      hostPath: {path: /data/ledger, type: DirectoryOrCreate}\\n' >> pod-ledger.yaml",
        'kk replace --force -f pod-ledger.yaml',
        5,
        'kk replace --force -f pod-ledger.yaml',
        10,
      ],
    },
    {
      name: 'one-more-page',
      kind: 'vary',
      start: ["kk create configmap offers --from-literal=offers.html='old maps, half price'", 1],
      checks: {
        file: (view: ClusterView) => mountsFile(view, pod(view, 'site'), `${html}/offers.html`),
        beside: (view: ClusterView) => {
          const mounts = mountsOf(pod(view, 'site'))
          return mounts.length > 0 && mounts.every(({ mountPath }) => /\.html$/.test(mountPath))
        },
        running: (view: ClusterView) =>
          isReady(pod(view, 'site')) &&
          sameImage(pod(view, 'site')?.spec.containers[0]?.image, 'nginx:1.10.1'),
      },
      solution: ["sed 's/hours/offers/' pod-hours.yaml | kk apply -f -", 10],
    },
    {
      name: 'never-open',
      kind: 'fix',
      start: ['kk apply -f pod-opening-broken.yaml', 300],
      checks: {
        'same-work': (view: ClusterView) =>
          /if \[ -f \/work\/prepared \].*sleep 3\ntouch \/work\/prepared\nexit 1/s.test(
            programOf(pod(view, 'opening')),
          ),
        clean: (view: ClusterView) => pod(view, 'opening') !== undefined && !usesHost(pod(view, 'opening')),
        steady: (view: ClusterView) => steadyFor(view, 'opening', 30 * second),
      },
      solution: [
        'kk logs opening',
        "sed -i 's|      command:|      volumeMounts: [{name: work, mountPath: /work}]\\n      command:|; s|^spec:|spec:\\n  volumes: [{name: work, emptyDir: {}}]|' pod-opening-broken.yaml",
        'kk replace --force -f pod-opening-broken.yaml',
        40,
      ],
    },
  ],
} satisfies Lesson
