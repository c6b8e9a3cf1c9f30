import {
  fewest,
  heldFor,
  isReady,
  neverBelow,
  podSpecOf,
  podsOf,
  watching,
} from '../../../src/lesson/checks.ts'
import type { Change, ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { covers, daemonSet, hasImage, nodeNames, readyOn } from '../checks.ts'

const agent = (view: ClusterView) => daemonSet(view, 'log-agent')
const agents = (view: ClusterView) => podsOf(view, agent(view))

/** Every node has one ready agent of this image, and no other agent is left. */
const allOf = (view: ClusterView, image: string): boolean =>
  hasImage(agent(view), image) &&
  covers(view, agent(view)).met &&
  agents(view).every(pod => hasImage(pod, image))

const crashes = (object: Change['object'] | undefined): boolean => {
  const { containers } = podSpecOf(object) ?? {}
  return /mv \/kept\/agent\.log/.test((containers?.[0]?.command ?? []).join(' '))
}

/** Of the version that crashes: nothing yet, all agents mended, or released once more, and since when it has been held. */
type Trial = 'broken' | 'mended' | { readonly heldSince: number | undefined }

/** The bad version is being released and has begun, and on some node an agent of before is still ready. */
const isHeld = (view: ClusterView): boolean =>
  agent(view)?.spec.updateStrategy?.type === 'RollingUpdate' &&
  agents(view).some(crashes) &&
  agents(view).some(pod => !crashes(pod) && isReady(pod))

const trial = {
  resources: ['daemonsets', 'pods'],
  start: 'broken' as Trial,
  next: (seen: Trial, _: Change, view: ClusterView): Trial => {
    if (seen === 'broken') {
      const mended = covers(view, agent(view)).met && !agents(view).some(crashes)
      return mended && !crashes(agent(view)) ? 'mended' : seen
    }
    if (seen === 'mended') return crashes(agent(view)) ? { heldSince: undefined } : seen
    return { heldSince: isHeld(view) ? (seen.heldSince ?? view.now) : undefined }
  },
}

export default {
  transcript: 'update.console',
  minutes: 20,
  level: 2,
  needs: ['4.3', '4.4', '5.1'],
  start: ['kk apply -f daemonset.yaml', 20],
  exercises: [
    {
      name: 'there-and-back',
      kind: 'repeat',
      watch: {
        resources: ['daemonsets', 'pods'],
        start: false,
        next: (seen: boolean, _: Change, view: ClusterView) => seen || allOf(view, 'busybox:1.36'),
      },
      checks: {
        there: (_: ClusterView, seen: boolean) => seen,
        back: (view: ClusterView, seen: boolean) => seen && allOf(view, 'busybox:1.28'),
        noted: (view: ClusterView) =>
          view
            .list('controllerrevisions')
            .filter(each =>
              each.metadata.ownerReferences?.some(({ uid }) => uid === agent(view)?.metadata.uid),
            ).length >= 2,
      },
      solution: [
        'kk set image daemonset/log-agent agent=busybox:1.36',
        'kk rollout status daemonset/log-agent',
        'kk rollout undo daemonset/log-agent',
        30,
      ],
    },
    {
      name: 'never-without',
      kind: 'vary',
      watch: watching({
        fewest: fewest(
          ['pods'],
          view => nodeNames(view).filter(node => readyOn(view, agent(view), node).length > 0).length,
        ),
      }),
      checks: {
        updated: (view: ClusterView) => allOf(view, 'busybox:1.36'),
        always: (_: ClusterView, seen) => neverBelow(seen.fewest, 2),
      },
      solution: [
        `kk patch daemonset log-agent -p '{"spec":{"updateStrategy":{"rollingUpdate":{"maxSurge":1,"maxUnavailable":0}}}}'`,
        'kk set image daemonset/log-agent agent=busybox:1.36',
        40,
      ],
    },
    {
      name: 'held-back',
      kind: 'fix',
      start: ['kk apply -f daemonset-crash.yaml', 180],
      watch: trial,
      checks: {
        mended: (_: ClusterView, seen: Trial) => seen !== 'broken',
        again: (view: ClusterView, seen: Trial) => typeof seen === 'object' && crashes(agent(view)),
        held: (view: ClusterView, seen: Trial) =>
          heldFor(view, typeof seen === 'object' ? seen.heldSince : undefined, 60_000),
      },
      solution: [
        'kk rollout undo daemonset/log-agent',
        'kk rollout status daemonset/log-agent',
        `kk patch daemonset log-agent -p '{"spec":{"minReadySeconds":15}}'`,
        30,
        'kk apply -f daemonset-crash.yaml',
        90,
      ],
    },
  ],
} satisfies Lesson
