import { parseTime } from '../../../src/engine/engine.ts'
import type { Container, ContainerStatus } from '../../../src/kinds/schema/types.ts'
import { isReady, sameImage } from '../../../src/lesson/checks.ts'
import type { Change, ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

const second = 1000

/** How a pod went, as it was seen; times in ms since 1970. */
interface Departure {
  readonly uid: string
  readonly container: Container
  /** When it was first seen to be told, and the seconds it was given then. */
  readonly told: number
  readonly grace: number
  /** Its first container was running then. */
  readonly running: boolean
  /** Of its first container, once that has ended. */
  readonly exit?: number
  readonly ended?: number
  readonly gone?: number
}

/** Departures of all pods of a name, one by one; a forced one leaves no trace, because nobody waits for it. */
const departuresOf = (name: string) => ({
  resources: ['pods'],
  start: [] as readonly Departure[],
  next: (seen: readonly Departure[], { type, object }: Change, { now }: ClusterView) => {
    const { metadata, spec, status } = object
    if (metadata.name !== name || !metadata.deletionTimestamp) return seen
    const known = seen.find(each => each.uid === metadata.uid)
    if (!known && type === 'DELETED') return seen
    const name0 = spec.containers[0].name
    const state = status?.containerStatuses?.find((each: ContainerStatus) => each.name === name0)?.state
    const departure: Departure = known ?? {
      uid: metadata.uid!,
      container: spec.containers[0],
      told: now,
      grace: metadata.deletionGracePeriodSeconds!,
      running: state?.running !== undefined,
    }
    const { exitCode: exit, finishedAt } = state?.terminated ?? {}
    return [
      ...seen.filter(each => each !== known),
      {
        ...departure,
        ...(departure.exit === undefined && exit !== undefined && { exit, ended: parseTime(finishedAt) }),
        ...(type === 'DELETED' && { gone: now }),
      },
    ]
  },
})

const within = (from: number, to: number | undefined, seconds: number): boolean =>
  to !== undefined && to - from <= seconds * second

/** Running when it was told, and given at least the default 30 seconds, it ended by itself with 0 and was gone in five. */
const leftWell = ({ grace, running, exit, told, gone }: Departure): boolean =>
  running && grace >= 30 && exit === 0 && within(told, gone, 5)

/** How long its first container went on after it was told, ms; the API's times are whole seconds. */
const stayed = ({ told, ended = 0 }: Departure): number => ended - Math.floor(told / second) * second

const isBusybox = ({ image = '' }: Container): boolean => sameImage(image.replace(/[:@].*/, ''), 'busybox')

const commandOf = ({ command = [], args = [] }: Container): string => [...command, ...args].join(' ')
const greetsAndServes = (container: Container): boolean =>
  sameImage(container.image, 'nginx:1.10.1') && /echo.*web: starting[\s\S]*nginx/.test(commandOf(container))

export default {
  transcript: 'deletion.console',
  minutes: 20,
  level: 2,
  needs: ['3.1', '3.7', '3.8'],
  exercises: [
    {
      name: 'goodbye',
      kind: 'repeat',
      watch: departuresOf('guest'),
      checks: {
        gone: (_: ClusterView, seen: readonly Departure[]) =>
          seen.some(
            ({ container, grace, gone }) => isBusybox(container) && grace === 30 && gone !== undefined,
          ),
        'by-itself': (_: ClusterView, seen: readonly Departure[]) =>
          seen.some(({ running, exit }) => running && exit === 0),
        'in-time': (_: ClusterView, seen: readonly Departure[]) =>
          seen.some(each => isBusybox(each.container) && each.grace === 30 && leftWell(each)),
      },
      solution: [
        'kk run guest --image=busybox:1.28 -- sh -c \'trap "exit 0" TERM; while true; do sleep 1; done\'',
        5,
        'kk delete pod guest',
        2,
      ],
    },
    {
      name: 'last-guests',
      kind: 'vary',
      watch: departuresOf('web'),
      checks: {
        image: (_: ClusterView, seen: readonly Departure[]) =>
          seen.some(({ container }) => sameImage(container.image, 'leigg/hellok8s:v1')),
        stays: (_: ClusterView, seen: readonly Departure[]) => seen.some(each => stayed(each) >= 5 * second),
        leaves: (_: ClusterView, seen: readonly Departure[]) =>
          seen.some(
            each =>
              sameImage(each.container.image, 'leigg/hellok8s:v1') &&
              stayed(each) >= 5 * second &&
              within(each.told, each.gone, 15),
          ),
      },
      solution: ["sed 's/polite/web/' pod-prestop.yaml | kk apply -f -", 5, 'kk delete pod web', 2],
    },
    {
      name: 'thirty-seconds',
      kind: 'fix',
      start: ['kk apply -f pod-web-broken.yaml', 20],
      watch: departuresOf('web'),
      checks: {
        'left-well': (_: ClusterView, seen: readonly Departure[]) => seen.some(leftWell),
        'same-job': (view: ClusterView, seen: readonly Departure[]) => {
          const web = view.get('pods', 'web')
          return (
            web !== undefined &&
            greetsAndServes(web.spec.containers[0]!) &&
            seen.filter(leftWell).every(each => greetsAndServes(each.container))
          )
        },
        running: (view: ClusterView, seen: readonly Departure[]) => {
          const web = view.get('pods', 'web')
          return isReady(web) && seen.some(leftWell)
        },
      },
      solution: [
        'kk exec web -- cat /proc/1/cmdline',
        "sed -i 's/nginx -g/exec nginx -g/; /ended/d' pod-web-broken.yaml",
        'kk replace --force -f pod-web-broken.yaml',
        5,
        'kk delete pod web',
        'kk apply -f pod-web-broken.yaml',
        10,
      ],
    },
  ],
} satisfies Lesson
