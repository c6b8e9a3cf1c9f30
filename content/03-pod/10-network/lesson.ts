import type { Container, Pod } from '../../../src/kinds/schema/types.ts'
import { imagesOf, isReady, sameImage, steadyFor } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

const second = 1000

const pod = (view: ClusterView, name: string) => view.get('pods', name)
const containersOf = (object: Pod | undefined): readonly Container[] => object?.spec.containers ?? []
const isNginx = (image: string): boolean => sameImage(image, 'nginx:1.10.1')

/** A probe that goes to the pod's own port 80 from within a container, by localhost. */
const asksLocalhost = ({ readinessProbe }: Container): boolean =>
  /\b(?:localhost|127\.0\.0\.1)(?::80)?(?:[/\s;&|]|$)/.test(readinessProbe?.exec?.command?.join(' ') ?? '')

export default {
  transcript: 'network.console',
  minutes: 15,
  level: 2,
  needs: ['3.3', '3.4'],
  exercises: [
    {
      name: 'gate',
      kind: 'repeat',
      checks: {
        door: (view: ClusterView) =>
          containersOf(pod(view, 'gate')).some(each =>
            (each.ports ?? []).some(port => port.hostPort === 8090 && port.containerPort === 80),
          ),
        'own-network': (view: ClusterView) =>
          pod(view, 'gate') !== undefined && pod(view, 'gate')?.spec.hostNetwork !== true,
        running: (view: ClusterView) =>
          isReady(pod(view, 'gate')) && imagesOf(pod(view, 'gate')).some(isNginx),
      },
      solution: ["sed '/^---/,$d; s/door/gate/; s/8080/8090/' pods-host-port.yaml | kk apply -f -", 10],
    },
    {
      name: 'next-door',
      kind: 'vary',
      checks: {
        two: (view: ClusterView) => {
          const images = imagesOf(pod(view, 'duo'))
          return (
            images.length === 2 &&
            images.some(isNginx) &&
            images.some(each => sameImage(each, 'busybox:1.28'))
          )
        },
        asks: (view: ClusterView) =>
          containersOf(pod(view, 'duo')).some(
            each => sameImage(each.image, 'busybox:1.28') && asksLocalhost(each),
          ),
        ready: (view: ClusterView) => isReady(pod(view, 'duo')),
      },
      solution: [
        `sed 's/name: pair/name: duo/; s|command: .*|&\\n      readinessProbe: {exec: {command: [wget, -qO-, localhost]}}|' pod-pair.yaml | kk apply -f -`,
        20,
      ],
    },
    {
      name: 'both',
      kind: 'fix',
      start: ['kk apply -f pod-port-clash.yaml', 300],
      checks: {
        together: (view: ClusterView) => {
          const images = imagesOf(pod(view, 'clash'))
          return images.length === 2 && images.every(isNginx)
        },
        'own-network': (view: ClusterView) =>
          pod(view, 'clash') !== undefined && pod(view, 'clash')?.spec.hostNetwork !== true,
        serving: (view: ClusterView) =>
          containersOf(pod(view, 'clash')).every(({ command = [], args = [] }) => {
            const line = [...command, ...args].join(' ')
            return line === '' || /nginx/.test(line)
          }),
        steady: (view: ClusterView) => steadyFor(view, 'clash', 30 * second),
      },
      solution: [
        'kk logs clash -c second',
        `sed -i 's|- name: second|- name: second\\n      command: [sh, -c, "sed -i s/80/8080/ /etc/nginx/conf.d/default.conf; exec nginx -g \\\\"daemon off;\\\\""]|' pod-port-clash.yaml`,
        'kk replace --force -f pod-port-clash.yaml',
        40,
      ],
    },
  ],
} satisfies Lesson
