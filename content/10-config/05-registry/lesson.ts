import type { Deployment, Pod } from '../../../src/kinds/schema/types.ts'
import {
  fewest,
  firstUid,
  imagesOf,
  isReady,
  neverBelow,
  podSpecOf,
  podsOf,
} from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { deployment, readyPod, runs, secret, secretData } from '../checks.ts'

const server = 'harbor.example.com:5001'
const image = (tag: string) => `${server}/hellok8s/hellok8s:${tag}`

interface Entry {
  readonly username?: string
  readonly password?: string
  readonly auth?: string
}

/** User and password that a Secret has for the registry, `user:password`. */
function credentials(view: ClusterView, name: string, namespace = 'default'): string | undefined {
  if (secret(view, name, namespace)?.type !== 'kubernetes.io/dockerconfigjson') return undefined
  try {
    const { auths } = JSON.parse(secretData(view, name, namespace)['.dockerconfigjson'] ?? '')
    // As the kubelet reads it: a scheme and a path do not matter.
    const key = Object.keys(auths).find(each => each.replace(/^https?:\/\//, '').split('/')[0] === server)
    const { username, password, auth }: Entry = auths[key ?? server]
    return username === undefined ? atob(auth ?? '') : `${username}:${password}`
  } catch {
    return undefined // no configuration of docker's
  }
}

const pullSecrets = (object: Pod | Deployment | undefined): string[] =>
  (podSpecOf(object)?.imagePullSecrets ?? []).map(each => each.name!)

const home = (view: ClusterView) => deployment(view, 'home')

export default {
  transcript: 'pull.console',
  minutes: 15,
  level: 2,
  needs: ['2.4', '2.5', '10.3'],
  exercises: [
    {
      name: 'robot',
      kind: 'repeat',
      checks: {
        secret: (view: ClusterView) =>
          credentials(view, 'puller') === 'robot$hellok8s+puller:T0kenOfTheRobot',
        pod: (view: ClusterView) => {
          const quiet = readyPod(view, 'quiet')
          return imagesOf(quiet).join() === image('v2') && pullSecrets(quiet).includes('puller')
        },
      },
      solution: [
        `kk create secret docker-registry puller --docker-server=${server} --docker-username='robot$hellok8s+puller' --docker-password=T0kenOfTheRobot`,
        `kk run quiet --image=${image('v2')} --overrides='{"spec":{"imagePullSecrets":[{"name":"puller"}]}}'`,
        15,
      ],
    },
    {
      name: 'for-everyone',
      kind: 'vary',
      start: ['kk apply -f data-private.yaml', 20],
      watch: firstUid('deployments', 'report', 'data'),
      checks: {
        account: (view: ClusterView) => {
          const account = view.get('serviceaccounts', 'default', 'data')
          return (account?.imagePullSecrets ?? []).some(
            ({ name }) => credentials(view, name!, 'data') !== undefined,
          )
        },
        untouched: (view: ClusterView, uid: string | undefined) => {
          const report = deployment(view, 'report', 'data')
          const spec = podSpecOf(report)
          return (
            report?.metadata.uid === uid &&
            pullSecrets(report).length === 0 &&
            (spec?.serviceAccountName ?? 'default') === 'default'
          )
        },
        running: (view: ClusterView) => {
          const report = deployment(view, 'report', 'data')
          const pods = podsOf(view, report)
          return (
            imagesOf(report).join() === image('v1') &&
            report?.spec.replicas === 2 &&
            pods.length === 2 &&
            pods.every(isReady)
          )
        },
      },
      solution: [
        `kk create secret docker-registry harbor -n data --docker-server=${server} --docker-username=developer --docker-password=Harbor12345`,
        `kk patch serviceaccount default -n data -p '{"imagePullSecrets":[{"name":"harbor"}]}'`,
        'kk rollout restart deployment/report -n data',
        30,
      ],
    },
    {
      name: 'moved',
      kind: 'fix',
      start: ['kk apply -f home-moved.yaml', 20, 'kk apply -f home-moved-broken.yaml', 30],
      watch: fewest(['pods'], view => (home(view) ? podsOf(view, home(view)).filter(isReady).length : 0)),
      checks: {
        image: (view: ClusterView) => imagesOf(home(view)).join() === image('v2') && runs(view, 'home', 2),
        secret: (view: ClusterView) =>
          pullSecrets(home(view)).some(name => credentials(view, name) !== undefined) &&
          runs(view, 'home', 2),
        always: (_: ClusterView, seen: { count: number; at: number } | undefined) => neverBelow(seen, 2),
      },
      solution: [
        'kk events --types=Warning',
        'sed -i \'s/registery/registry/; s/harbor.example.com"/harbor.example.com:5001"/\' home-moved-broken.yaml',
        'kk apply -f home-moved-broken.yaml',
        60,
      ],
    },
  ],
} satisfies Lesson
