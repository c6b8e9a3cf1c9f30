import { expect, test } from 'vitest'
import { World } from '../lesson/world.ts'

const volume = (name: string) => `apiVersion: v1
kind: PersistentVolume
metadata: {name: ${name}}
spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], hostPath: {path: /tmp/${name}}}
---
`
const pod = `apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  terminationGracePeriodSeconds: 1
  containers:
  - {name: c, image: busybox, command: [sh, -c, 'echo kept > /d/f; sleep 600'], volumeMounts: [{name: scratch, mountPath: /d}]}
  volumes:
  - name: scratch
    ephemeral:
      volumeClaimTemplate:
        metadata: {labels: {of: p}}
        spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
`

function machine(files: Record<string, string>) {
  const world = new World({ seed: 1, files })
  const run = (command: string) => {
    const { stdout, stderr } = world.run(command)
    return stdout + stderr
  }
  return { world, run }
}

test('a pod gets the claim of its ephemeral volume, and takes it along', () => {
  const { world, run } = machine({ 'p.yaml': volume('v') + pod })
  run('kubectl apply -f p.yaml')
  world.advance(30_000)
  expect(run('kubectl get pod p --no-headers')).toMatch(/1\/1 +Running/)
  expect(run('kubectl exec p -- cat /d/f')).toBe('kept\n')
  const path = '{.metadata.labels.of} {.status.phase} {.metadata.ownerReferences[*].kind}'
  expect(run(`kubectl get pvc p-scratch -o jsonpath='${path}'`)).toBe('p Bound Pod')
  expect(run('kubectl describe pvc p-scratch')).toContain('\nUsed By:       p\n')
  const nested =
    /StorageClass: {2}\n {4}Volume: {8}\n {4}Labels: {12}of=p\n {4}Annotations: {7}<none>\n {4}Capacity: {6}\n {4}Access Modes: {2}\n/
  expect(run('kubectl describe pod p')).toMatch(nested)
  // Used by a pod, a claim stays until the pod goes.
  run('kubectl delete pvc p-scratch --wait=false')
  expect(run('kubectl get pvc --no-headers')).toContain('Terminating')
  run('kubectl delete pod p')
  world.advance(10_000)
  expect(run('kubectl get pvc')).toBe('No resources found in default namespace.\n')
})

test('a claim of that name that is not the pod’s is not taken', () => {
  const claim = `apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: p-scratch}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---
`
  const assigned = pod.replace('name: p}', 'name: p2}').replace('spec:', 'spec:\n  nodeName: k8s-node1')
  const files = { 'c.yaml': volume('v') + claim, 'p.yaml': pod }
  const { world, run } = machine({
    ...files,
    'p2.yaml': volume('v2') + claim.replace('p-', 'p2-') + assigned,
  })
  run('kubectl apply -f c.yaml')
  world.advance(20_000)
  run('kubectl apply -f p.yaml -f p2.yaml')
  world.advance(20_000)
  expect(run('kubectl get pvc --no-headers')).toMatch(/^p-scratch +Bound.*\np2-scratch +Bound/)
  const why = (name: string) =>
    `PVC default/${name}-scratch was not created for pod default/${name} (pod is not owner)`
  expect(run('kubectl events --for pod/p')).toContain(`0/2 nodes are available: ${why('p')}`)
  expect(run('kubectl events --for pod/p2')).toContain(why('p2'))
  expect(run('kubectl get pods --no-headers')).toMatch(/^p +0\/1 +Pending.*\np2 +0\/1 +ContainerCreating/)
  expect(run('kubectl get pvc -o jsonpath="{.items[*].metadata.ownerReferences}"')).toBe('')
})
