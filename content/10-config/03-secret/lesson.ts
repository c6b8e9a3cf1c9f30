import { parseTime } from '../../../src/engine/engine.ts'
import { firstUid, isReady, podsOf, since, watching } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { deployment, runs, secret, secretData, variable } from '../checks.ts'

const password = 'pa$$w0rd!'
const home = (view: ClusterView) => deployment(view, 'home')

/** Since when `home` would be given exactly this password. */
const exact = since(
  ['secrets', 'deployments'],
  view => variable(view, home(view), 'DB_PASSWD')?.value === 'pass123',
)
/** A ready pod that was started since: variables are handed over then. */
const inUse = (view: ClusterView, from: number | undefined): boolean =>
  from !== undefined &&
  runs(view, 'home') &&
  podsOf(view, home(view))
    .filter(isReady)
    .every(
      pod => parseTime(pod.status.containerStatuses![0]!.state!.running!.startedAt!) >= from - (from % 1000),
    )

export default {
  transcript: 'secret.console',
  minutes: 20,
  level: 2,
  needs: ['10.1', '9.5'],
  exercises: [
    {
      name: 'login',
      kind: 'repeat',
      checks: {
        type: (view: ClusterView) => secret(view, 'mail')?.type === 'kubernetes.io/basic-auth',
        name: (view: ClusterView) => secretData(view, 'mail').username === 'shop',
        password: (view: ClusterView) => secretData(view, 'mail').password === password,
      },
      solution: [
        `kk create secret generic mail --type=kubernetes.io/basic-auth --from-literal=username=shop --from-literal=password='${password}'`,
      ],
    },
    {
      name: 'moved-out',
      kind: 'vary',
      start: ['kk apply -f deployment-home-configmap.yaml', 20],
      checks: {
        password: (view: ClusterView) => {
          const given = variable(view, home(view), 'DB_PASSWD')
          return given?.value === 'pass123' && given.from.startsWith('Secret/') && runs(view, 'home')
        },
        user: (view: ClusterView) =>
          variable(view, home(view), 'DB_USER')?.value === 'shop' && runs(view, 'home'),
        nowhere: (view: ClusterView) =>
          !view
            .list('configmaps')
            .some(map => /pass123|cGFzczEyMw/.test(JSON.stringify([map.data, map.binaryData, map.metadata]))),
      },
      solution: [
        'kk create secret generic home-db --from-literal=DB_PASSWD=pass123',
        "sed -i '/DB_PASSWD: pass123/d; s/          envFrom:/          envFrom:\\n            - secretRef:\\n                name: home-db/' deployment-home-configmap.yaml",
        'kk apply -f deployment-home-configmap.yaml',
        20,
      ],
    },
    {
      name: 'one-byte',
      kind: 'fix',
      start: ['kk apply -f deployment-home-secret-broken.yaml', 20],
      watch: watching({ exact, uid: firstUid('deployments', 'home') }),
      checks: {
        exact: (_: ClusterView, seen: { exact?: number }) => seen.exact !== undefined,
        hidden: (view: ClusterView) =>
          variable(view, home(view), 'DB_PASSWD')?.from.startsWith('Secret/') === true && runs(view, 'home'),
        'in-use': (view: ClusterView, seen: { exact?: number; uid?: string }) =>
          inUse(view, seen.exact) && home(view)?.metadata.uid === seen.uid,
      },
      solution: [
        'kk describe secret home-db | tail -1',
        `kk patch secret home-db -p '{"stringData":{"DB_PASSWD":"pass123"}}'`,
        'kk rollout restart deployment/home',
        20,
      ],
    },
  ],
} satisfies Lesson
