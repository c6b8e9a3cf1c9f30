import { parseTime } from '../../../src/engine/engine.ts'
import type { Container } from '../../../src/kinds/schema/types.ts'
import { imagesOf, isReady, sameImage, steadyFor } from '../../../src/lesson/checks.ts'
import { type Change, type ClusterView, exercise } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

const second = 1000

/** A check that never ends, where what it asks starts only after it. */
const shop = `apiVersion: v1
kind: Pod
metadata:
  name: shop
spec:
  terminationGracePeriodSeconds: 2
  initContainers:
    - name: check
      image: busybox:1.28
      command: [sh, -c, 'while sleep 5; do wget -qO- localhost >/dev/null 2>&1 && echo "front page answers"; done']
  containers:
    - name: web
      image: nginx
`

const pod = (view: ClusterView, name: string) => view.get('pods', name)
const runsNginx = (view: ClusterView, name: string): boolean =>
  imagesOf(pod(view, name)).some(image => sameImage(image, 'nginx'))

/** Since when the first init container of a pod has been running, ms since 1970. */
const waitingSince = (object: Change['object'] | undefined): number | undefined => {
  const at = object?.status?.initContainerStatuses?.[0]?.state.running?.startedAt
  return at === undefined ? undefined : parseTime(at)
}

const probesPort80 = (container: Container | undefined): boolean =>
  (['readinessProbe', 'livenessProbe', 'startupProbe'] as const)
    .map(name => container?.[name])
    .some(probe => probe?.httpGet?.port === 80 || probe?.tcpSocket?.port === 80)

const asksByItself = (container: Container | undefined): boolean =>
  container?.name === 'check' &&
  /\b(wget|curl|nc)\b/.test([...(container.command ?? []), ...(container.args ?? [])].join(' '))

export default {
  transcript: 'init.console',
  minutes: 15,
  level: 2,
  needs: ['3.3', '3.7'],
  files: { 'shop-waits.yaml': shop },
  exercises: [
    exercise<readonly string[]>({
      name: 'wait-for-cache',
      kind: 'repeat',
      // Uids of the pods called menu that had been waiting for ten seconds when the Service appeared.
      watch: {
        resources: ['services'],
        start: [],
        next: (seen, { type, object }, view) => {
          const since = waitingSince(pod(view, 'menu'))
          return type === 'ADDED' &&
            object.metadata.name === 'cache' &&
            since !== undefined &&
            view.now - since >= 10 * second
            ? [...seen, pod(view, 'menu')?.metadata.uid ?? '']
            : seen
        },
      },
      checks: {
        waited: (view, seen) => seen.includes(pod(view, 'menu')?.metadata.uid ?? ''),
        service: view => view.get('services', 'cache') !== undefined,
        ready: view => isReady(pod(view, 'menu')) && runsNginx(view, 'menu'),
      },
      solution: [
        "sed '/wait-mydb/,/waiting for mydb/d; s/shop-app/menu/; s/myservice/cache/g' pod-init.yaml | kk apply -f -",
        20,
        'kk create service clusterip cache --tcp=80',
        20,
      ],
    }),
    {
      name: 'page-first',
      kind: 'vary',
      checks: {
        prepared: view => {
          const { containers = [], initContainers = [], volumes = [] } = pod(view, 'front')?.spec ?? {}
          const served = containers
            .filter(each => each.name === 'web')
            .flatMap(each => each.volumeMounts ?? [])
            .filter(each => each.mountPath.replace(/\/$/, '') === '/usr/share/nginx/html')
          const written = initContainers
            .filter(each => each.restartPolicy !== 'Always')
            .flatMap(each => each.volumeMounts ?? [])
          return volumes.some(each =>
            [served, written].every(mounts => mounts.some(({ name }) => name === each.name)),
          )
        },
        ready: view => isReady(pod(view, 'front')),
        saved: view => (view.file('page.html') ?? '').includes('Used books'),
      },
      solution: [
        `printf 'apiVersion: v1\\nkind: Pod\\nmetadata: {name: front}\\nspec:\\n  volumes: [{name: page, emptyDir: {}}]\\n  initContainers:\\n    - name: write\\n      image: busybox:1.28\\n      command: [sh, -c, "echo Used books > /page/index.html"]\\n      volumeMounts: [{name: page, mountPath: /page}]\\n  containers:\\n    - name: web\\n      image: nginx\\n      volumeMounts: [{name: page, mountPath: /usr/share/nginx/html}]\\n' | kk apply -f -`,
        10,
        'kk exec front -- curl -s localhost > page.html',
        1,
      ],
    },
    {
      name: 'waits-for-itself',
      kind: 'fix',
      start: ['kk apply -f shop-waits.yaml', 30 * 60],
      checks: {
        ready: view => {
          const steady = steadyFor(view, 'shop', 20 * second)
          return runsNginx(view, 'shop') ? steady : { ...steady, met: false }
        },
        checked: view => {
          const { containers = [], initContainers = [] } = pod(view, 'shop')?.spec ?? {}
          const beside = initContainers.filter(each => each.restartPolicy === 'Always')
          return containers.some(probesPort80) || [...containers, ...beside].some(asksByItself)
        },
      },
      solution: [
        'kk logs shop -c check',
        "sed -i 's/    - name: check/    - name: check\\n      restartPolicy: Always/' shop-waits.yaml",
        'kk replace --force -f shop-waits.yaml',
        40,
      ],
    },
  ],
} satisfies Lesson
