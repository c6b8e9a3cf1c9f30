import type { Deployment, Job } from '../../../src/kinds/schema/types.ts'
import { imagesOf, sameImage } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { controllerPods, space } from '../checks.ts'

const isReady = (view: ClusterView): boolean => controllerPods(view).length > 0
const hasClass = (view: ClusterView): boolean =>
  view.get('ingressclasses', 'nginx')?.spec?.controller === 'k8s.io/ingress-nginx'
const hasCertificate = (view: ClusterView): boolean => {
  const { cert, key } = view.get('secrets', 'ingress-nginx-admission', space)?.data ?? {}
  return Boolean(cert && key)
}

/** Whether an object still asks for the image under the name that the manifest had. */
const asksFor = (object: Deployment | Job | undefined, image: string): boolean =>
  imagesOf(object).length === 1 && sameImage(imagesOf(object)[0], `registry.k8s.io/ingress-nginx/${image}`)

const mirror = 'docker.io/anjia0532/google-containers.ingress-nginx'
const images = ['kube-webhook-certgen:v1.6.5', 'controller:v1.14.1']
const onNode = (command: string) => `ssh k8s-node1 ctr -n k8s.io image ${command}`

export default {
  transcript: 'install.console',
  minutes: 18,
  level: 2,
  needs: ['2.5', '8.1'],
  faults: [{ type: 'registry-down', host: 'registry.k8s.io' }],
  exercises: [
    {
      name: 'by-mirror',
      kind: 'repeat',
      checks: { ready: isReady, certificate: hasCertificate, class: hasClass },
      solution: [
        `sed -i 's#registry.k8s.io/ingress-nginx/#${mirror}.#' nginx-ingress.yaml`,
        'kk apply -f nginx-ingress.yaml',
        60,
      ],
    },
    {
      name: 'file-untouched',
      kind: 'vary',
      checks: {
        ready: isReady,
        certificate: hasCertificate,
        names: (view: ClusterView) =>
          asksFor(view.get('deployments', 'ingress-nginx-controller', space), images[1]!) &&
          asksFor(view.get('jobs', 'ingress-nginx-admission-create', space), images[0]!),
      },
      solution: [
        ...images.flatMap(image => [
          onNode(`pull ${mirror}.${image}`),
          onNode(`tag ${mirror}.${image} registry.k8s.io/ingress-nginx/${image}`),
        ]),
        'kk apply -f nginx-ingress.yaml',
        60,
      ],
    },
    {
      name: 'creating',
      kind: 'fix',
      start: [
        ...images.map(image => onNode(`pull registry.k8s.io/ingress-nginx/${image}`)),
        'kk apply -f nginx-ingress.yaml',
        'kk delete job -n ingress-nginx ingress-nginx-admission-create',
        120,
      ],
      checks: { certificate: hasCertificate, ready: isReady },
      solution: [
        'kk get pods,jobs -n ingress-nginx',
        'kk describe pods -n ingress-nginx | tail -5',
        'kk apply -f nginx-ingress.yaml',
        150,
      ],
    },
  ],
} satisfies Lesson
