// An exception inside a component never ends in silence, and never stops the others.
import { expect, test } from 'vitest'
import { World } from '../lesson/world.ts'

const says = (world: World) => world.cluster.errors.map(({ error }) => (error as Error).message)

test('a pod whose start throws has an event and a reason, and starts once it does not; others go on', () => {
  const world = new World({ seed: 1 })
  const kubelet = world.cluster.kubelets.get('k8s-node1')!
  const { baseFiles } = kubelet
  kubelet.baseFiles = found => {
    if (found.name.includes('busybox')) throw new TypeError('injected')
    return baseFiles.call(kubelet, found)
  }
  world.run('kubectl run bad --image=busybox:1.28 -- sleep 600')
  world.run('kubectl run good --image=leigg/hellok8s:v1')
  world.advance(5000)
  expect(says(world)).toContain('injected')
  expect(world.run('kubectl get pod good --no-headers').stdout).toContain('Running')
  expect(world.run('kubectl get events --field-selector involvedObject.name=bad').stdout).toContain(
    'injected',
  )

  kubelet.baseFiles = baseFiles
  world.advance(30_000)
  expect(world.run('kubectl get pod bad --no-headers').stdout).toContain('Running')
})

test('a pod whose volumes throw has an event, and is tried again', () => {
  const world = new World({ seed: 1 })
  const kubelet = world.cluster.kubelets.get('k8s-node1')!
  const { configMap } = kubelet.objects
  const objects: Record<keyof typeof kubelet.objects, unknown> = kubelet.objects
  objects.configMap = () => {
    throw new TypeError('injected')
  }
  world.run('kubectl run bad --image=leigg/hellok8s:v1')
  world.advance(5000)
  expect(says(world)).toContain('injected')
  expect(world.run('kubectl get events --field-selector reason=FailedSync').stdout).toContain(
    'Error syncing pod: injected',
  )
  objects.configMap = configMap
  world.advance(30_000)
  expect(world.run('kubectl get pod bad --no-headers').stdout).toContain('Running')
})
