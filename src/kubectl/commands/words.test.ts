// Words of commands that no recording has, as a real kubectl says them against the same API server.
import { describe, expect, test } from 'vitest'
import { World } from '../../lesson/world.ts'

const objects = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  selector: {matchExpressions: [{key: app, operator: In, values: [web, x]}]}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: c
        image: nginx
        resources: {limits: {cpu: 100m, memory: 64Mi}}
        env:
        - {name: WHO, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
        - {name: IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
        - {name: CPU, valueFrom: {resourceFieldRef: {resource: limits.cpu}}}
        - {name: MEM, valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: 1Mi}}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: r}
rules:
- {apiGroups: ["", apps], resources: [pods, pods/log, deployments], verbs: [get, list]}
- {apiGroups: [""], resources: [secrets], resourceNames: [a, b], verbs: ["*"]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: rb}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: r}
subjects: [{kind: User, name: u, apiGroup: rbac.authorization.k8s.io}]
---
apiVersion: storage.k8s.io/v1
kind: CSINode
metadata: {name: other}
spec: {drivers: [{name: a.b.c, nodeID: n1, topologyKeys: [k1, k2], allocatable: {count: 3}}]}
---
apiVersion: v1
kind: Pod
metadata: {name: alone}
spec: {containers: [{name: c, image: nginx}]}
`
const world = new World({ seed: 1, files: { 'objects.yaml': objects } })
world.run('kubectl apply -f objects.yaml')
world.advance(5000)
const out = (line: string) => world.run(line).stdout
const err = (line: string) => world.run(line).stderr

describe('get', () => {
  test('once a table had the column of namespaces, the following ones have it', () => {
    expect(out('kubectl get cm,csinode -A')).toMatch(/^NAMESPACE +NAME +DRIVERS +AGE\n +csinode/m)
    expect(out('kubectl get csinode,cm -A')).toMatch(/^NAME +DRIVERS +AGE\ncsinode/)
  })

  test('several tables cannot be sorted by a field of their rows', () => {
    expect(err('kubectl get cm,sa --sort-by=.metadata.name')).toBe(
      'error: couldn\'t find any field with path "{.metadata.name}" in the list of objects\n',
    )
  })

  test('a watch ends with --request-timeout', () => {
    const before = world.engine.now
    expect(world.run('kubectl get cm -w --request-timeout=2s').exit).toBe(0)
    expect(world.engine.now - before).toBeLessThan(3000)
  })
})

describe('describe', () => {
  test('of two names, one of which is missing, nothing is shown', () => {
    for (const names of ['svc/kubernetes svc/nosuch', 'svc/nosuch svc/kubernetes'])
      expect(world.run(`kubectl describe ${names}`)).toMatchObject({
        stdout: '',
        stderr: 'Error from server (NotFound): services "nosuch" not found\n',
        exit: 1,
      })
    expect(err('kubectl describe cm,svc kubernetes')).toBe(
      'error: you may only specify a single resource type\n',
    )
  })

  test('has words of its own for CSINode, ServiceCIDR and IPAddress', () => {
    expect(out('kubectl describe csinode other')).toMatch(
      /^Spec:\n {2}Drivers:\n {4}a\.b\.c:\n {6}Node ID: +n1\n {6}Allocatables:\n {8}Count: +3\n {6}Topology Keys: +\[k1 k2]\nEvents: +<none>\n$/m,
    )
    expect(out('kubectl describe servicecidr kubernetes')).toMatch(
      /^CIDRs: +20\.1\.0\.0\/16\nStatus:\nConditions:\n +Type +Status +LastTransitionTime +Reason +Message\n/m,
    )
    expect(out('kubectl describe ipaddress 20.1.0.1')).toMatch(
      /^Parent Reference:\n {2}Group: *\n {2}Resource: +services\n {2}Namespace: +default\n {2}Name: +kubernetes\n/m,
    )
  })
})

test('set env --list resolves what the object itself knows, and fails where there is none', () => {
  const lines = out('kubectl set env deploy/web --list --resolve').split('\n').slice(1, 5)
  expect(lines).toEqual(['WHO=web', '# IP from field path status.podIP', 'CPU=1', 'MEM=64'])
  expect(world.run('kubectl set env deploy/nosuch --list')).toMatchObject({
    stderr: 'Error from server (NotFound): deployments.apps "nosuch" not found\n',
    exit: 1,
  })
})

test('explain knows its formats', () => {
  expect(out('kubectl explain svc --output=plaintext')).toMatch(/^KIND: +Service\n/)
  expect(world.run('kubectl explain svc --output=nosuch')).toMatchObject({
    stdout: '',
    stderr: 'error: unrecognized format: nosuch\n',
    exit: 1,
  })
})

test('expose names the requirements that a service cannot have', () => {
  expect(err('kubectl expose deploy web --port=80')).toBe(
    'error: couldn\'t retrieve selectors via --selector flag or introspection: couldn\'t convert expressions - "[{Key:app Operator:In Values:[web x]}]" to map-based selector format\n',
  )
})

test('auth can-i --list has a line for each resource and name, ordered by verbs', () => {
  const rows = out('kubectl auth can-i --list --as=u')
    .split('\n')
    .slice(1, 12)
    .map(row =>
      row
        .split(/ {2,}/)
        .filter((_, i) => i !== 1)
        .join(' '),
    )
  expect(rows).toEqual([
    'secrets [a] [*]',
    'secrets [b] [*]',
    'selfsubjectreviews.authentication.k8s.io [] [create]',
    'selfsubjectaccessreviews.authorization.k8s.io [] [create]',
    'selfsubjectrulesreviews.authorization.k8s.io [] [create]',
    'deployments [] [get list]',
    'pods/log [] [get list]',
    'pods [] [get list]',
    'deployments.apps [] [get list]',
    'pods.apps/log [] [get list]',
    'pods.apps [] [get list]',
  ])
})

test('a rollout undone dry shows the template without the cause that history shows', () => {
  world.run('kubectl annotate deploy web kubernetes.io/change-cause=first')
  world.run('kubectl set image deploy/web c=nginx:1.26')
  world.advance(3000)
  expect(out('kubectl rollout history deploy web --revision=1')).toContain('change-cause: first')
  const undone = out('kubectl rollout undo deploy web --to-revision=1 --dry-run=client')
  expect(undone).toContain('Image:')
  expect(undone).not.toContain('change-cause')
})

test('an eviction whose options say dry run evicts nobody', () => {
  const body =
    '{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"alone"},"deleteOptions":{"dryRun":["All"]}}'
  world.write('eviction.json', body)
  expect(
    world.run('kubectl create --raw /api/v1/namespaces/default/pods/alone/eviction -f eviction.json').exit,
  ).toBe(0)
  world.advance(3000)
  expect(out('kubectl get pod alone -o jsonpath={.metadata.deletionTimestamp}')).toBe('')
})

test('create alone asks for a file, as a real kubectl 1.32 does', () => {
  expect(err('kubectl create')).toBe('error: must specify one of -f and -k\n')
  expect(err('kubectl create nothing')).toBe(
    "error: Unexpected args: [nothing]\nSee 'kubectl create -h' for help and examples\n",
  )
})

test('a token is bound to what is there, and a pod to its own account', () => {
  const bind = (rest: string) => err(`kubectl create token default --bound-object-kind=${rest}`)
  expect(bind('Pod --bound-object-name=none')).toBe('error: failed to create token: pods "none" not found\n')
  expect(bind('Pod --bound-object-name=alone --bound-object-uid=1')).toMatch(
    /^error: failed to create token: Operation cannot be fulfilled on Pod "alone": the UID in the bound object/,
  )
  world.run('kubectl create sa other')
  expect(err('kubectl create token other --bound-object-kind=Pod --bound-object-name=alone')).toBe(
    'error: failed to create token: cannot bind token for serviceaccount "other" to pod running with different serviceaccount name.\n',
  )
  const token = out('kubectl create token default --bound-object-kind=Pod --bound-object-name=alone')
  const claims = JSON.parse(atob(token.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/')))
  expect(claims['kubernetes.io']).toMatchObject({ pod: { name: 'alone' }, node: { name: 'k8s-node1' } })
})

test('what the flags name is looked at before anything is done', () => {
  const { stdout, stderr } = world.run(
    'kubectl apply -f objects.yaml --prune -l a=b --prune-allowlist=ConfigMap',
  )
  expect(stdout).toBe('')
  expect(stderr).toBe(
    'error: invalid GroupVersionKind format: ConfigMap, please follow <group/version/kind>\n',
  )
  expect(err('kubectl diff -f none.yaml --prune -l a=b --prune-allowlist=v1')).toContain(
    'invalid GroupVersionKind format: v1',
  )
  expect(err('kubectl events -n kube-public -o wide')).toContain(
    'unable to match a printer suitable for the output format "wide"',
  )
})

test('a copy that may be tried again needs a shell, and one that preserves nothing has the rights of a new file', () => {
  world.run('kubectl run box --image=busybox -- sleep 99999')
  world.advance(8000)
  world.run('echo text > file.txt; chmod 777 file.txt')
  world.run('kubectl cp file.txt box:/tmp/as-it-is; kubectl cp --no-preserve file.txt box:/tmp/plain')
  expect(out('kubectl exec box -- stat -c %a /tmp/as-it-is /tmp/plain')).toBe('777\n755\n')
  expect(out('kubectl cp --retries=2 box:/tmp/plain back.txt; cat back.txt')).toContain('text\n')
  world.run('kubectl run bare --image=registry.k8s.io/pause')
  world.advance(8000)
  expect(err('kubectl cp --retries=2 bare:/pause x')).toContain('exec: "sh": executable file not found')
})

test('drain does not wait for pods that should have been gone for long', () => {
  const apart = new World({ seed: 1 })
  apart.write(
    'stuck.yaml',
    'apiVersion: v1\nkind: Pod\nmetadata: {name: stuck, finalizers: [a.b/c]}\nspec: {containers: [{name: c, image: nginx}]}',
  )
  apart.run('kubectl apply -f stuck.yaml')
  apart.advance(5000)
  apart.run('kubectl delete pod stuck --wait=false --grace-period=1')
  apart.advance(60_000)
  const drain = 'kubectl drain k8s-node1 --ignore-daemonsets --force'
  expect(apart.run(`${drain} --timeout=20s`).stderr).toContain('global timeout reached')
  expect(apart.run(`${drain} --timeout=20s --skip-wait-for-delete-timeout=10`).exit).toBe(0)
})
