import type { Container } from '../../../src/kinds/schema/types.ts'
import { firstUid, isReady, sameImage } from '../../../src/lesson/checks.ts'
import { type ClusterView, exercise } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

const pod = (view: ClusterView, name: string) => view.get('pods', name)
const containers = (view: ClusterView, name: string): readonly Container[] =>
  pod(view, name)?.spec.containers ?? []

/** Three slips: a kind in lower case, a misspelt field, a name with a capital and an underscore. */
const broken = `apiVersion: v1
kind: pod
metadata:
  name: Shop_Window
  labels:
    app: shop
spec:
  containers:
    - name: window
      imgae: nginx
`

export default {
  transcript: 'create.console',
  minutes: 12,
  level: 1,
  needs: ['0.1', '1.5'],
  files: { 'window.yaml': broken },
  exercises: [
    {
      name: 'window',
      kind: 'repeat',
      checks: {
        image: view => containers(view, 'window').some(each => sameImage(each.image, 'httpd:2.4')),
        container: view =>
          containers(view, 'window')
            .map(each => each.name)
            .join() === 'web',
        ready: view => isReady(pod(view, 'window')),
      },
      solution: [
        "sed 's/nginx-pod/window/; s/nginx-container/web/; s/image: nginx/image: httpd:2.4/' nginx.yaml | kk apply -f -",
        10,
      ],
    },
    exercise<string | undefined>({
      name: 'only-tests',
      kind: 'vary',
      start: [
        'kk run till --image=nginx --labels=app=shop',
        'kk run try-cart --image=nginx --labels=app=shop,purpose=test',
        'kk run try-search --image=nginx --labels=app=shop,purpose=test',
        10,
      ],
      watch: firstUid('pods', 'till'),
      checks: {
        'tests-gone': view => !pod(view, 'try-cart') && !pod(view, 'try-search'),
        'shop-stays': (view, uid) => isReady(pod(view, 'till')) && pod(view, 'till')?.metadata.uid === uid,
      },
      solution: ['kk get pods --show-labels', 'kk delete pod -l purpose=test', 5],
    }),
    {
      name: 'three-slips',
      kind: 'fix',
      checks: {
        'as-written': view =>
          pod(view, 'shop-window')?.metadata.labels?.app === 'shop' &&
          containers(view, 'shop-window').some(
            each => each.name === 'window' && sameImage(each.image, 'nginx'),
          ),
        ready: view => isReady(pod(view, 'shop-window')),
      },
      solution: [
        'kk apply -f window.yaml',
        "sed -i 's/kind: pod/kind: Pod/' window.yaml",
        'kk apply -f window.yaml',
        "sed -i 's/imgae/image/' window.yaml",
        'kk apply -f window.yaml',
        "sed -i 's/Shop_Window/shop-window/' window.yaml",
        'kk apply -f window.yaml',
        10,
      ],
    },
  ],
} satisfies Lesson
