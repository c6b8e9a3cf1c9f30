// Fields of pods that few ask for, as one sees them with kubectl.
import { expect, test } from 'vitest'
import { World } from '../lesson/world.ts'

function machine() {
  const world = new World({ seed: 1 })
  const run = (command: string) => {
    const { stdout, stderr } = world.run(command)
    return stdout + stderr
  }
  const apply = (...objects: object[]) => {
    world.write('o.yaml', objects.map(each => JSON.stringify(each)).join('\n---\n'))
    return run('kubectl apply -f o.yaml')
  }
  return { world, run, apply }
}
const pod = (name: string, container: object, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { containers: [{ name: 'c', image: 'busybox', ...container }], ...spec },
})
const runtimeClass = (name: string, handler: string, more: object = {}) => ({
  apiVersion: 'node.k8s.io/v1',
  kind: 'RuntimeClass',
  metadata: { name },
  handler,
  ...more,
})
const sleep = { command: ['sleep', '600'] }

test('a RuntimeClass must be there, adds to the pod, and names a runtime that the node must have', () => {
  const { world, run, apply } = machine()
  expect(apply(pod('none', sleep, { runtimeClassName: 'gvisor' }))).toBe(
    'Error from server (Forbidden): error when creating "o.yaml": pods "none" is forbidden: pod rejected: RuntimeClass "gvisor" not found\n',
  )
  const more = {
    overhead: { podFixed: { memory: '64Mi' } },
    scheduling: {
      nodeSelector: { 'kubernetes.io/os': 'linux' },
      tolerations: [{ key: 'x', operator: 'Exists' }],
    },
  }
  apply(runtimeClass('plain', 'runc', more), runtimeClass('gvisor', 'runsc'))
  apply(pod('a', sleep, { runtimeClassName: 'plain' }), pod('b', sleep, { runtimeClassName: 'gvisor' }))
  world.advance(15_000)
  expect(run("kubectl get pod a -o jsonpath='{.spec.overhead.memory} {.spec.nodeSelector}'")).toBe(
    '64Mi {"kubernetes.io/os":"linux"}',
  )
  expect(run("kubectl get pod a -o jsonpath='{.spec.tolerations[*].key}'")).toContain('x')
  expect(run('kubectl get pods --no-headers')).toMatch(/^a +1\/1 .*\nb +0\/1 +ContainerCreating/)
  expect(run('kubectl describe pod b')).toContain(
    'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to get sandbox runtime: no runtime for "runsc" is configured',
  )
  const refused = (spec: object) => apply(pod('c', sleep, spec))
  expect(refused({ runtimeClassName: 'plain', nodeSelector: { 'kubernetes.io/os': 'windows' } })).toContain(
    'conflict: runtimeClass.scheduling.nodeSelector[kubernetes.io/os] = linux, pod.spec.nodeSelector[kubernetes.io/os] = windows',
  )
  expect(refused({ runtimeClassName: 'plain', overhead: { memory: '1Mi' } })).toContain(
    "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead",
  )
  expect(refused({ overhead: { memory: '1Mi' } })).toContain(
    'pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead',
  )
})

test('a host port is open at the address that it names, of the loopback on the node alone', () => {
  const { world, run, apply } = machine()
  const ports = (hostIP?: string) => [{ containerPort: 80, hostPort: 8088, ...(hostIP && { hostIP }) }]
  const nginx = (hostIP?: string) =>
    pod('p', { image: 'nginx', ports: ports(hostIP) }, { nodeName: 'k8s-node1' })
  const ask = (from: string, address: string) =>
    run(`${from} curl -s -o /dev/null --max-time 3 ${address}:8088; echo $?`)
  apply(nginx('127.0.0.1'))
  world.advance(15_000)
  expect(ask('', '10.0.2.3')).toBe('7\n')
  expect(ask('ssh k8s-node1', '127.0.0.1')).toBe('0\n')
  apply(
    { ...nginx('10.0.2.3'), metadata: { name: 'own' } },
    { ...nginx('192.0.2.9'), metadata: { name: 'other' } },
  )
  world.advance(15_000)
  expect(run('kubectl get pods --no-headers').match(/ 1\/1 +Running/g), 'at three addresses').toHaveLength(3)
  run('kubectl delete pod p --now')
  expect(ask('', '10.0.2.3')).toBe('0\n')
  expect(ask('ssh k8s-node1', '127.0.0.1')).toBe('7\n')
  run('kubectl delete pod own --now')
  expect(ask('', '10.0.2.3'), 'an address that is not of this node').toBe('7\n')
  apply({ ...nginx(), metadata: { name: 'all' } })
  world.advance(15_000)
  expect(run('kubectl get pod all --no-headers')).toContain('NodePorts')
  run('kubectl delete pod other all --now')
  apply(nginx())
  world.advance(15_000)
  expect(ask('', '10.0.2.3')).toBe('0\n')
})

test('input that is read once ends with the first client; other input stays open', () => {
  const { world, run, apply } = machine()
  const reader = {
    stdin: true,
    command: ['sh', '-c', 'while read x; do echo got $x; done; echo end'],
  }
  apply(
    pod('keep', reader, { restartPolicy: 'Never' }),
    pod('once', { ...reader, stdinOnce: true }, { restartPolicy: 'Never' }),
  )
  world.advance(10_000)
  for (const name of ['keep', 'once']) run(`echo a | timeout 3 kubectl attach -i ${name}`)
  world.advance(3000)
  expect(run('kubectl get pods --no-headers')).toMatch(/^keep +1\/1 +Running.*\nonce +0\/1 +Completed/)
  expect(run('kubectl logs keep; kubectl logs once')).toBe('got a\ngot a\nend\n')
  run('echo b | timeout 3 kubectl attach -i keep')
  expect(run('kubectl logs keep')).toBe('got a\ngot b\n')
})
