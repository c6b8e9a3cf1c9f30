import { firstUid, imagesOf, isReady, sameImage } from '../../../src/lesson/checks.ts'
import { type ClusterView, exercise } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

const pod = (view: ClusterView, name: string) => view.get('pods', name)

const isSame = (view: ClusterView, name: string, uid: string | undefined): boolean =>
  isReady(pod(view, name)) && pod(view, name)?.metadata.uid === uid

/** What runs, not only what is asked for. */
const runsAlpine = (view: ClusterView): boolean => {
  const till = pod(view, 'till')
  const running = till?.status?.containerStatuses ?? []
  return (
    running.length > 0 &&
    imagesOf(till).every(image => sameImage(image, 'httpd:2.4-alpine')) &&
    running.every(each => each.state.running && sameImage(each.image, 'httpd:2.4-alpine'))
  )
}

/** Three changes, one of which a living pod refuses. */
const till = `apiVersion: v1
kind: Pod
metadata:
  name: till
  labels:
    app: shop
    tier: front
spec:
  containers:
    - name: web
      image: httpd:2.4-alpine
      env:
        - name: GREETING
          value: hello
`

const startTill =
  'printf \'apiVersion: v1\\nkind: Pod\\nmetadata: {name: till, labels: {app: shop}}\\nspec: {containers: [{name: web, image: "httpd:2.4"}]}\\n\' | kk apply -f -'

export default {
  transcript: 'change.console',
  minutes: 15,
  level: 2,
  needs: ['3.1'],
  files: { 'till.yaml': till },
  exercises: [
    exercise<string | undefined>({
      name: 'new-image',
      kind: 'repeat',
      start: [startTill, 10],
      watch: firstUid('pods', 'till'),
      checks: {
        image: view => runsAlpine(view),
        same: (view, uid) => isSame(view, 'till', uid),
      },
      solution: ['kk set image pod/till web=httpd:2.4-alpine', 10],
    }),
    exercise<string | undefined>({
      name: 'more-cpu',
      kind: 'vary',
      start: ['kk apply -f pod-resize.yaml', 10],
      watch: firstUid('pods', 'search'),
      checks: {
        numbers: view => {
          // What the kubelet has set, not only what was asked for.
          const { requests, limits } = pod(view, 'search')?.status?.containerStatuses?.[0]?.resources ?? {}
          return requests?.cpu === '150m' && limits?.cpu === '400m'
        },
        same: (view, uid) =>
          isSame(view, 'search', uid) &&
          pod(view, 'search')?.status.containerStatuses?.[0]?.restartCount === 0,
      },
      solution: [
        `kk patch pod search --subresource resize -p '{"spec":{"containers":[{"name":"web","resources":{"requests":{"cpu":"150m"},"limits":{"cpu":"400m"}}}]}}'`,
        10,
      ],
    }),
    exercise<string | undefined>({
      name: 'half-tonight',
      kind: 'fix',
      start: [startTill, 10],
      watch: firstUid('pods', 'till'),
      checks: {
        image: view => runsAlpine(view),
        label: view => pod(view, 'till')?.metadata.labels?.tier === 'front',
        same: (view, uid) => isSame(view, 'till', uid),
      },
      solution: ['kk apply -f till.yaml || true', "sed '/env:/,$d' till.yaml | kk apply -f -", 10],
    }),
  ],
} satisfies Lesson
