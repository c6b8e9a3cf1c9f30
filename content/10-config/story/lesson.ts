import { decodeBase64 } from '../../../src/engine/bytes.ts'
import { parseTime } from '../../../src/engine/engine.ts'
import type { ConfigMap, Secret } from '../../../src/kinds/schema/types.ts'
import {
  type Fewest,
  fewest,
  firstUid,
  isReady,
  neverBelow,
  podsOf,
  watching,
} from '../../../src/lesson/checks.ts'
import type { Change, ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { deployment, findsItsReferences, runs, variable } from '../checks.ts'

const old = 'pass123'

/** The password that a program would be given if it started now: long enough, another one, and from a Secret. */
function password(view: ClusterView, object: Change['object'] | undefined): string | undefined {
  const given = variable(view, object, 'DB_PASSWD')
  if (!given?.from.startsWith('Secret/') || !findsItsReferences(view, object)) return undefined
  const { value } = given
  return value.length >= 12 && !/\s/.test(value) && !value.includes(old) ? value : undefined
}

interface Since {
  readonly value: string | undefined
  readonly at: number
}

/** Since when a Deployment would be given the password that it would be given now. */
const changed = (name: string) => ({
  resources: ['secrets', 'deployments'],
  start: { value: undefined, at: 0 } as Since,
  next: (seen: Since, _: Change, view: ClusterView): Since => {
    const value = password(view, deployment(view, name))
    return value === seen.value ? seen : { value, at: view.now }
  },
})

/** All its pods run, and all of them were started with the newest password. */
function uses(view: ClusterView, name: string, replicas: number, { value, at }: Since): boolean {
  const pods = podsOf(view, deployment(view, name))
  return (
    value !== undefined &&
    runs(view, name, replicas) &&
    pods.every(
      pod =>
        isReady(pod) &&
        parseTime(pod.status.containerStatuses![0]!.state!.running!.startedAt!) >= at - (at % 1000),
    )
  )
}

/** Everything that objects of a kind say, with what is in base64 in plain text too. */
const textOf = (objects: readonly (ConfigMap | Secret)[]): string =>
  objects
    .map(object => {
      const { data, metadata } = object
      const binaryData = 'binaryData' in object ? object.binaryData : {}
      const decoded = Object.values({ ...data, ...binaryData }).map(each => decodeBase64(String(each)) ?? '')
      return JSON.stringify([data, metadata, decoded])
    })
    .join()

interface Seen {
  readonly home: Since
  readonly admin: Since
  readonly uid: string | undefined
  readonly fewest: Fewest | undefined
}

export default {
  transcript: 'story.console',
  minutes: 25,
  level: 3,
  needs: ['10.2', '10.3', '10.4'],
  start: ['kk apply -f leaked.yaml', 30],
  exercises: [
    {
      name: 'rotate',
      kind: 'vary',
      watch: watching({
        home: changed('home'),
        admin: changed('admin'),
        uid: firstUid('deployments', 'home'),
        fewest: fewest(['pods'], view => {
          const home = deployment(view, 'home')
          return home ? podsOf(view, home).filter(isReady).length : 0
        }),
      }),
      checks: {
        home: (view: ClusterView, seen: Seen) =>
          uses(view, 'home', 2, seen.home) && deployment(view, 'home')?.metadata.uid === seen.uid,
        admin: (view: ClusterView, seen: Seen) =>
          uses(view, 'admin', 1, seen.admin) && seen.admin.value === seen.home.value,
        report: (view: ClusterView, seen: Seen) => {
          const report = view.get('cronjobs', 'report')
          const value = password(view, report)
          return value !== undefined && value === seen.home.value && report?.spec.suspend !== true
        },
        nowhere: (view: ClusterView, seen: Seen) =>
          !textOf([...view.list('secrets'), ...view.list('configmaps')]).includes(old) &&
          !textOf(view.list('secrets')).includes('cGFzczEyMw') &&
          seen.home.value !== undefined &&
          !textOf(view.list('configmaps')).includes(seen.home.value),
        notes: (view: ClusterView) =>
          view.get('configmaps', 'notes')?.data?.contact === 'the data team, extension 12',
        always: (_: ClusterView, seen: Seen) => neverBelow(seen.fewest, 2),
      },
      solution: [
        "kk create secret generic db-2 --from-literal=DB_PASSWD='oldbooks-7f3c9a'",
        "sed -i '1,/^---/d; s/password pass123/password in db-2/; s/name: db$/name: db-2/' leaked.yaml",
        'kk apply -f leaked.yaml',
        40,
        'kk delete secret db',
      ],
    },
  ],
} satisfies Lesson
