// What kubectl reads into Go structs, and what it says of kinds that it has none for. Held against kubectl 1.32 on a server
// that is this cluster's.
import { expect, test } from 'vitest'
import { World } from '../lesson/world.ts'

const definition = JSON.stringify({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'services.x.io' },
  spec: {
    group: 'x.io',
    scope: 'Namespaced',
    names: { plural: 'services', singular: 'service', kind: 'Service' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
})
const object = JSON.stringify({
  apiVersion: 'x.io/v1',
  kind: 'Service',
  metadata: { name: 'c' },
  spec: {
    selector: { app: 'web' },
    ports: [{ port: 80 }],
    template: { spec: { containers: [{ name: 'a', image: 'b' }] } },
  },
})

function machine() {
  const world = new World({ seed: 1 })
  const run = (command: string) => {
    const { stdout, stderr } = world.run(command)
    return stdout + stderr
  }
  world.write('crd.json', definition)
  world.write('c.json', object)
  run('kubectl apply -f crd.json; kubectl create configmap cm')
  world.advance(2000)
  run('kubectl apply -f c.json')
  return { world, run }
}

test('a custom kind is refused by every command that reads structs, be it called as a built-in one is', () => {
  const { run } = machine()
  const scheme = 'in scheme "pkg/scheme/scheme.go:28"\n'
  const refused = `error: no kind "Service" is registered for version "x.io/v1" ${scheme}`
  for (const command of [
    'set image services.x.io/c a=x',
    'set env services.x.io/c a=x',
    'set env --list services.x.io/c',
    'set env --from=services.x.io/c cm/cm',
    'set serviceaccount services.x.io/c x',
    'set selector services.x.io/c a=x',
    'set subject services.x.io/c --user=a',
    'logs services.x.io/c',
    'exec services.x.io/c -- ls',
    'attach services.x.io/c',
    'expose services.x.io/c --port=80',
    'debug services.x.io/c --image=busybox',
    'cordon services.x.io/c',
    'rollout status services.x.io/c',
    'rollout history services.x.io/c',
    'rollout undo services.x.io/c',
    'rollout restart services.x.io/c',
    'create job j --from=services.x.io/c',
  ])
    expect([command, run(`kubectl ${command}`)]).toEqual([command, refused])
  expect(run('kubectl rollout status services.x.io')).toBe(refused.replace('"Service"', '"ServiceList"'))
  for (const command of [
    'set image -f c.json a=x',
    'set image -f c.json --local a=x',
    'auth reconcile -f c.json',
  ])
    expect(run(`kubectl ${command}`)).toBe(refused.replace('no kind', 'unable to decode "c.json": no kind'))
  expect(run('kubectl port-forward services.x.io/c 8080:80')).toBe(
    refused.replace('pkg/scheme/scheme.go:28', 'k8s.io/client-go/kubernetes/scheme/register.go:83'),
  )
  expect(run('kubectl set image crd/services.x.io a=x')).toBe(
    `error: no kind "CustomResourceDefinition" is registered for version "apiextensions.k8s.io/v1" ${scheme}`,
  )
  expect(run('kubectl set image services.x.io/none a=x')).toBe(
    'Error from server (NotFound): services.x.io "none" not found\n',
  )
  expect(run('kubectl set image services.x.io/c services.x.io/none a=x')).toBe(
    `${refused.replace('error: ', '')}Error from server (NotFound): services.x.io "none" not found\n`,
  )
})

test('a built-in kind that a command knows nothing of is told by its type', () => {
  const { run } = machine()
  expect(run('kubectl set image priorityclass/system-node-critical a=b')).toBe(
    'error: priorityclasses/system-node-critical the object is not a pod or does not have a pod template: *v1.PriorityClass\n',
  )
  expect(run('kubectl cordon cm/cm')).toBe(
    'error: expected resource of type node, got "/v1, Resource=configmaps"\n',
  )
  expect(run('kubectl certificate approve node/k8s-master')).toBe(
    'error: can only handle CertificateSigningRequest.certificates.k8s.io objects, got Node\n',
  )
  expect(run('kubectl exec cm/cm -- ls')).toBe(
    'error: cannot attach to *v1.ConfigMap: selector for *v1.ConfigMap not implemented\n',
  )
  const without = "*v1.Service: invalid service 'kubernetes': Service is defined without a selector\n"
  expect(run('kubectl exec svc/kubernetes -- ls')).toBe(`error: cannot attach to ${without}`)
  expect(run('kubectl logs svc/kubernetes')).toBe(`error: cannot get the logs from ${without}`)
})

test('what run makes is sent where pods go, whatever --overrides says', () => {
  const { run } = machine()
  const overrides = '{"apiVersion":"v1","kind":"ConfigMap","spec":null,"status":null}'
  expect(run(`kubectl run x --image=nginx --overrides='${overrides}'`)).toBe(
    'Error from server (BadRequest): ConfigMap in version "v1" cannot be handled as a Pod: converting (v1.ConfigMap) to (core.Pod): unknown conversion\n',
  )
})

test('an event without times, a type and a reason is the oldest, and is told with blanks', () => {
  const { world, run } = machine()
  const uid = run('kubectl get cm cm -o jsonpath={.metadata.uid}')
  const about = { kind: 'ConfigMap', name: 'cm', namespace: 'default', uid }
  const event = { apiVersion: 'v1', kind: 'Event', metadata: { name: 'bare' }, involvedObject: about }
  world.write('event.json', JSON.stringify(event))
  run('kubectl create -f event.json; kubectl run p --image=nginx')
  world.advance(1000)
  expect(run('kubectl events').split('\n')[1]).toMatch(/^<unknown> +ConfigMap\/cm *$/)
  expect(run('kubectl describe cm cm')).toMatch(
    /\n {2}---- {2}------ {2}---- {7}---- {2}-------\n {16}<unknown> {8}\n$/,
  )
})
