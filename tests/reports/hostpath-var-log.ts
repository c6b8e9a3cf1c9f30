// A node has what nodes have: a hostPath of a type finds it there.
import { expect } from 'vitest'
import type { World } from '../../src/lesson/world.ts'

const directories =
  '/var/log /var/log/pods /proc /sys /etc/kubernetes/manifests /var/lib/kubelet /var/lib/kubelet/pods /lib/modules /opt/cni/bin /dev /'
const files = '/etc/machine-id /etc/localtime'

export default function ({ world, text }: { readonly world: World; readonly text: string }): void {
  let count = 0
  for (const [type, paths] of [
    ['Directory', directories],
    ['File', files],
  ] as const)
    for (const path of paths.split(' ')) {
      const name = `agent-${++count}`
      world.write(
        'pod.yaml',
        text
          .replace('{name: agent}', `{name: ${name}}`)
          .replace(/\{path: \/var\/log, type: Directory\}/, `{path: ${path}, type: ${type}}`),
      )
      world.run('kubectl apply -f pod.yaml')
      expect(
        world.until(`kubectl get pod ${name} --no-headers | grep -q Running`, { limitMs: 20_000 }),
        path,
      ).toBe(true)
    }
}
