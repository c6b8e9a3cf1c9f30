import type { Fewest } from '../../../src/lesson/checks.ts'
import {
  fewest,
  firstUid,
  imagesOf,
  isLeaving,
  isReady,
  isRolledOut,
  neverBelow,
  podsOf,
  sameImage,
} from '../../../src/lesson/checks.ts'
import type { Change, ClusterView, Finding } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

const image = 'leigg/hellok8s:v1'
const greeting = (view: ClusterView) => view.get('deployments', 'greeting')
const isHello = (object: Change['object'] | undefined): boolean =>
  imagesOf(object).some(each => sameImage(each, image))
const readyHellos = (view: ClusterView): number =>
  view.list('pods', { namespace: 'default' }).filter(pod => isHello(pod) && isReady(pod)).length

/**
 * Pods of greeting (uids) that somebody else than its controllers told to go: their ReplicaSet still wanted two. An update
 * or a smaller number lowers that first.
 */
const replaced = {
  resources: ['pods'],
  start: [] as readonly string[],
  next: (seen: readonly string[], { object }: Change, view: ClusterView): readonly string[] => {
    const owner = object.metadata.ownerReferences?.[0]?.name ?? ''
    const uid = object.metadata.uid ?? ''
    const goes = owner.startsWith('greeting-') && isLeaving(object) && !seen.includes(uid)
    return goes && view.get('replicasets', owner)?.spec.replicas === 2 ? [...seen, uid] : seen
  },
}

/** Ready pods that greet, counted from the moment that one is ready. */
const alwaysOne = fewest(['pods'], readyHellos)

export default {
  transcript: 'orchestration.console',
  minutes: 12,
  level: 1,
  needs: ['0.1'],
  workers: 2,
  exercises: [
    {
      name: 'deleted-both',
      kind: 'repeat',
      watch: replaced,
      checks: {
        'two-gone': (_: ClusterView, seen: readonly string[]): Finding => ({
          met: seen.length >= 2,
          held: [Math.min(seen.length, 2), 2] as const,
        }),
        'two-ready': (view: ClusterView) =>
          greeting(view)?.spec.replicas === 2 && isRolledOut(greeting(view)) && isHello(greeting(view)),
      },
      solution: [
        `kk create deployment greeting --image=${image} --replicas=2`,
        20,
        'kk delete pods -l app=greeting',
        30,
      ],
    },
    {
      name: 'handed-over',
      kind: 'vary',
      start: [`kk run alone --image=${image}`, 30],
      watch: alwaysOne,
      checks: {
        'looked-after': (view: ClusterView) =>
          view
            .list('deployments', { namespace: 'default' })
            .some(each => isHello(each) && isRolledOut(each) && podsOf(view, each).length > 0),
        'alone-gone': (view: ClusterView) => view.get('pods', 'alone') === undefined,
        'always-one': (_: ClusterView, seen: Fewest | undefined) => neverBelow(seen, 1),
      },
      solution: [`kk create deployment greeting --image=${image}`, 20, 'kk delete pod alone', 20],
    },
    {
      name: 'nobody-home',
      kind: 'fix',
      start: [
        `kk create deployment greeting --image=${image} --replicas=2`,
        20,
        'kk scale deployment greeting --replicas=0',
        60,
      ],
      watch: firstUid('deployments', 'greeting'),
      checks: {
        two: (view: ClusterView) => isRolledOut(greeting(view)) && podsOf(view, greeting(view)).length === 2,
        'same-one': (view: ClusterView, uid: string | undefined) =>
          greeting(view)?.metadata.uid === uid && isHello(greeting(view)),
      },
      solution: ['kk get deployment greeting', 'kk scale deployment greeting --replicas=2', 30],
    },
  ],
} satisfies Lesson
