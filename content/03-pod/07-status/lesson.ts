import { parseTime } from '../../../src/engine/engine.ts'
import type { ContainerStatus } from '../../../src/kinds/schema/types.ts'
import { firstUid, imagesOf, isReady, sameImage, steadyFor, watching } from '../../../src/lesson/checks.ts'
import { type ClusterView, exercise, type Finding } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

/** So long a pod must show its word, ms. */
const holds = 20_000

const greeter = `apiVersion: v1
kind: Pod
metadata:
  name: greeter
spec:
  activeDeadlineSeconds: 30
  restartPolicy: OnFailure
  containers:
    - name: web
      image: nginx
`

const pod = (view: ClusterView, name: string) => view.get('pods', name)

/** Whether something has been so since a time of the API, and for how long so far. */
function heldSince(view: ClusterView, time: string | null | undefined): Finding {
  const held = time ? Math.max(0, view.now - parseTime(time)) : 0
  return { met: held >= holds, held: [Math.min(held, holds), holds] }
}

const neverRestarted = (statuses: readonly ContainerStatus[]): boolean =>
  statuses.every(each => each.restartCount === 0)

interface Uids {
  readonly node: string | undefined
  readonly config: string | undefined
}

export default {
  transcript: 'status.console',
  minutes: 18,
  level: 2,
  needs: ['3.1', '3.3'],
  files: { 'greeter.yaml': greeter },
  exercises: [
    exercise<Uids>({
      name: 'in-place',
      kind: 'repeat',
      start: ['kk apply -f status.yaml', 20],
      watch: watching({ node: firstUid('pods', 'no-node'), config: firstUid('pods', 'no-config') }),
      checks: {
        node: (view, { node }) =>
          isReady(pod(view, 'no-node')) && pod(view, 'no-node')?.metadata.uid === node,
        config: (view, { config }) =>
          isReady(pod(view, 'no-config')) && pod(view, 'no-config')?.metadata.uid === config,
      },
      solution: [
        'kk label node k8s-node1 disk=ssd',
        'kk create configmap shop --from-literal=NAME=books',
        30,
      ],
    }),
    {
      name: 'on-purpose',
      kind: 'vary',
      checks: {
        stuck: view => {
          const init = pod(view, 'stuck')?.status?.initContainerStatuses ?? []
          return init.length === 1 && neverRestarted(init)
            ? heldSince(view, init[0]!.state.running?.startedAt)
            : false
        },
        half: view => {
          const all = pod(view, 'half')?.status?.containerStatuses ?? []
          const ended = all.find(each => each.state.terminated?.reason === 'Completed')
          return ended && all.some(each => each.state.running) && neverRestarted(all)
            ? heldSince(view, ended.state.terminated!.finishedAt)
            : false
        },
        gone: view => {
          const { phase, containerStatuses: all = [] } = pod(view, 'gone')?.status ?? {}
          const ended = all.find(each => each.state.terminated?.reason === 'Error')
          return phase === 'Failed' && ended && neverRestarted(all)
            ? heldSince(view, ended.state.terminated!.finishedAt)
            : false
        },
      },
      solution: [
        `printf 'apiVersion: v1\\nkind: Pod\\nmetadata: {name: stuck}\\nspec:\\n  initContainers: [{name: first, image: "busybox:1.28", command: [sleep, "3600"]}]\\n  containers: [{name: c, image: nginx}]\\n' | kk apply -f -`,
        `printf 'apiVersion: v1\\nkind: Pod\\nmetadata: {name: half}\\nspec:\\n  restartPolicy: Never\\n  containers: [{name: c, image: nginx}, {name: d, image: "busybox:1.28", command: [echo, bye]}]\\n' | kk apply -f -`,
        "kk run gone --image=busybox:1.28 --restart=Never -- sh -c 'exit 1'",
        30,
      ],
    },
    {
      name: 'short-life',
      kind: 'fix',
      start: ['kk apply -f greeter.yaml', 60],
      checks: {
        program: view => imagesOf(pod(view, 'greeter')).some(image => sameImage(image, 'nginx')),
        steady: view => steadyFor(view, 'greeter', 60_000),
      },
      solution: [
        "kk describe pod greeter | grep -E '^(Status|Reason)'",
        "sed -i '/activeDeadlineSeconds/d' greeter.yaml",
        'kk replace --force -f greeter.yaml',
        70,
      ],
    },
  ],
} satisfies Lesson
