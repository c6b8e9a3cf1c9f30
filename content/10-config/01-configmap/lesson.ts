import { firstUid, imagesOf, sameImage, watching } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { configMap, deployment, fileAt, readyPod, runs, variable } from '../checks.ts'

const image = 'leigg/hellok8s:v4_configmap'
const fromMap = /^ConfigMap\//

/** A Deployment whose pods have this address, and have it from a ConfigMap. */
const hasAddress = (view: ClusterView, name: string, address: string): boolean => {
  const given = variable(view, deployment(view, name), 'DB_URL')
  return given?.value === address && fromMap.test(given.from) && runs(view, name)
}

const file = '/etc/configmap_vol/app-config.json'

export default {
  transcript: 'configmap.console',
  minutes: 15,
  level: 1,
  needs: ['3.13', '4.1'],
  files: {
    'banner.txt': 'Old books, read again.\n',
    'limits.env': 'PAGE_SIZE=20\nbook.fair=open\n',
  },
  exercises: [
    {
      name: 'two-forms',
      kind: 'repeat',
      checks: {
        variable: (view: ClusterView) => {
          const given = variable(view, readyPod(view, 'desk'), 'GREETING')
          return given?.value === 'hello' && fromMap.test(given.from)
        },
        file: (view: ClusterView) => {
          const given = fileAt(view, readyPod(view, 'desk'), '/etc/desk/banner.txt')
          return given?.value === 'Old books, read again.\n' && fromMap.test(given.from)
        },
      },
      solution: [
        'kk create configmap desk --from-literal=GREETING=hello --from-file=banner.txt',
        "sed 's/name: settings/name: desk/; s/: shop/: desk/; s/DB_URL/GREETING/; /envFrom/,/name: limits/d; s#/etc/shop#/etc/desk#' pod-settings.yaml > desk.yaml",
        'kk apply -f desk.yaml',
        10,
      ],
    },
    {
      name: 'one-image',
      kind: 'vary',
      start: ['kk apply -f deployments-two-addresses.yaml', 20],
      checks: {
        image: (view: ClusterView) =>
          ['shop-test', 'shop-live'].every(name => {
            const images = imagesOf(deployment(view, name))
            return images.length === 1 && sameImage(images[0], image)
          }),
        test: (view: ClusterView) => hasAddress(view, 'shop-test', 'http://testdb.example123.com'),
        live: (view: ClusterView) => hasAddress(view, 'shop-live', 'http://mydb.example123.com'),
      },
      solution: [
        'kk create configmap test --from-literal=DB_URL=http://testdb.example123.com',
        'kk create configmap live --from-literal=DB_URL=http://mydb.example123.com',
        'kk set env deployment/shop-test --from=configmap/test',
        'kk set env deployment/shop-live --from=configmap/live',
        `kk set image deployment/shop-live hellok8s=${image}`,
        20,
      ],
    },
    {
      name: 'no-such-file',
      kind: 'fix',
      start: ['kk apply -f deployment-page-broken.yaml', 20],
      watch: watching({
        map: firstUid('configmaps', 'page-settings'),
        page: firstUid('deployments', 'page'),
      }),
      checks: {
        found: (view: ClusterView) =>
          fileAt(view, deployment(view, 'page'), file)?.value === '{"page_size":20}\n' && runs(view, 'page'),
        same: (view: ClusterView, seen: { map?: string; page?: string }) => {
          const map = configMap(view, 'page-settings')
          return (
            map?.metadata.uid === seen.map &&
            Object.keys(map?.data ?? {}).join() === 'page.json' &&
            fileAt(view, deployment(view, 'page'), file)?.from === 'ConfigMap/page-settings'
          )
        },
        program: (view: ClusterView, seen: { page?: string }) => {
          const page = deployment(view, 'page')
          return page?.metadata.uid === seen.page && sameImage(imagesOf(page)[0], image) && runs(view, 'page')
        },
      },
      solution: [
        "curl -s $(kk get pods -l app=page -o jsonpath='{.items[0].status.podIP}'):3000/hello",
        "sed -i 's#mountPath: .*#mountPath: /etc/configmap_vol#; s/            name: page-settings/            name: page-settings\\n            items:\\n              - key: page.json\\n                path: app-config.json/' deployment-page-broken.yaml",
        'kk apply -f deployment-page-broken.yaml',
        20,
      ],
    },
  ],
} satisfies Lesson
