// `fault` in the terminal: what it says, what it does, what Tab offers, and that a replay does the same.
import { expect, test } from 'vitest'
import { faultsEn } from '../../i18n/lab/faults.en.ts'
import { faultsZh } from '../../i18n/lab/faults.zh.ts'
import { readAct } from '../act-text.ts'
import { World } from '../world.ts'
import { choicesOf, faultText, faultTypes, mayBeAll } from './kinds.ts'

const web = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {containers: [{name: web, image: 'leigg/hellok8s:v1', resources: {limits: {memory: 64Mi}}}]}
`

function begin() {
  const world = new World({ seed: 2, files: { 'web.yaml': web } })
  const run = (command: string) => world.run(command, { limitMs: 20_000 })
  run('kubectl apply -f web.yaml')
  world.advance(10_000)
  return { world, run }
}

test('it says that it is of this course, what can be broken and what to expect', () => {
  const { run } = begin()
  expect(run('fault').stdout).toBe('Nothing is broken. What can be: fault list\n')
  expect(run('fault --help').stdout).toContain('Kubernetes has no such command')
  const { stdout } = run('fault list')
  for (const type of faultTypes) expect(stdout).toContain(`${type}`)
  expect(stdout).toContain('node-lost NODE\n    A node falls off the network. NotReady after some 45 s.')
})

test('a fault is broken until it is repaired, by its kind, by its target, or all at once', () => {
  const { world, run } = begin()
  expect(run('fault node-lost k8s-node1').stdout).toMatch(
    /^the node k8s-node1 is off the network\nexpect: .*\nrepair: fault repair node-lost k8s-node1\n$/,
  )
  world.advance(60_000)
  expect(run('kubectl get node k8s-node1 --no-headers').stdout).toMatch(/NotReady/)
  run('fault registry-down quay.io')
  run('fault dns-broken silent')
  expect(run('fault').stdout).toMatch(
    /^node-lost k8s-node1 {3}for 6\ds\nregistry-down quay.io {3}for \ds\ndns-broken silent {3}for \ds\n$/,
  )
  expect(run('fault repair node-lost k8s-node1').stdout).toBe('repaired: node-lost k8s-node1\n')
  expect(run('fault repair').stdout).toBe('repaired: registry-down quay.io\nrepaired: dns-broken silent\n')
  expect(run('fault repair')).toMatchObject({ stderr: 'fault: nothing is broken\n', exit: 1 })
  world.advance(30_000)
  expect(run('kubectl get node k8s-node1 --no-headers').stdout).not.toMatch(/NotReady/)
})

test('what is misspelt or not there is refused, and nothing breaks', () => {
  const { world, run } = begin()
  for (const [line, words] of [
    ['fault node-los k8s-node1', 'no such kind: node-los'],
    ['fault node-lost', 'node-lost needs node'],
    ['fault node-lost k8s-node9', 'no node k8s-node9 here: k8s-master, k8s-node1'],
    ['fault memory-leak shop', 'no pod shop here: web'],
    ['fault dns-broken', 'dns-broken needs how'],
    ['fault dns-broken loud', 'how is one of crash, servfail, silent'],
    ['fault etcd-down now', 'what is now?'],
    ['fault slow-disk k8s-node1 factor=much', 'factor=much is no number'],
    ['fault repair node-lost', 'node-lost is not broken'],
  ] as const) {
    const { stderr, exit } = run(line)
    expect(stderr, line).toContain(words)
    expect(exit, line).toBe(1)
  }
  expect(world.cluster.faults.active).toEqual([])
})

test('Tab offers kinds, targets, and for repair what is broken', () => {
  const { world, run } = begin()
  const { complete } = world.terminal(1)
  const tab = (text: string) => complete.call(world.terminal(1), text)
  expect(tab('fault node').text).toBe('fault node-lost ')
  expect(tab('fault node-lost k8s-n').text).toBe('fault node-lost k8s-node1 ')
  expect(tab('fault memory-leak w').text).toBe('fault memory-leak web ')
  expect(tab('fault dns-broken ').choices).toEqual(['crash', 'servfail', 'silent'])
  run('fault kubelet-stopped k8s-node1')
  expect(tab('fault repair ').text).toBe('fault repair kubelet-stopped ')
  expect(tab('fault repair kubelet-stopped ').text).toBe('fault repair kubelet-stopped k8s-node1 ')
})

test('what a command is made of is what a transcript reads', () => {
  const { world } = begin()
  for (const type of faultTypes) {
    const [target] = choicesOf(type, world.cluster)
    world.run(`fault ${type} ${target ?? ''}`)
  }
  for (const fault of world.cluster.faults.active) {
    const pairs = Object.entries(fault).flatMap(([name, value]) =>
      name === 'type' ? [] : [`${name}=${value}`],
    )
    expect(readAct('fault', [fault.type, ...pairs].join(' '))).toEqual({ type: 'fault', fault })
    expect(world.run(`fault repair ${faultText(fault)}`).exit).toBe(0)
  }
})

/** What a reader is told to expect, looked for: [kind and target, after s, command, what it shows]. */
const expected: readonly [fault: string, seconds: number, look: string, shows: RegExp][] = [
  ['kubelet-stopped k8s-node1', 50, 'kubectl get nodes', /k8s-node1 +NotReady/],
  ['container-killed web', 5, 'kubectl get pod web', /Running +1/],
  [
    'memory-leak web',
    12,
    "kubectl get pod web -o jsonpath='{..exitCode} {..reason}'",
    /137 .*OOMKilled|137 OOM/,
  ],
  ['registry-down docker.io', 33, 'kubectl get pod new', /ErrImagePull/],
  ['rate-limit docker.io', 2, 'kubectl describe pod new', /429 Too Many Requests/],
  ['dns-broken crash', 20, 'kubectl get pods -n kube-system', /CrashLoopBackOff/],
  ['etcd-down', 0, 'kubectl get pods', /etcdserver: request timed out/],
]

test.each(expected)('%s: after %d s %s shows what was said', (fault, seconds, look, shows) => {
  const { world, run } = begin()
  expect(run(`fault ${fault}`).exit).toBe(0)
  run('kubectl run new --image=nginx:1.27')
  world.advance(seconds * 1000)
  const { stdout, stderr } = run(look)
  expect(stdout + stderr).toMatch(shows)
})

test('each kind has its words in both languages', () => {
  expect(Object.keys(faultsEn.kinds)).toEqual([...faultTypes])
  expect(Object.keys(faultsZh.kinds)).toEqual([...faultTypes])
  for (const type of faultTypes) {
    const place = /\{target\}/
    expect(place.test(faultsZh.kinds[type].broken)).toBe(place.test(faultsEn.kinds[type].broken))
    // A target that may be left out is spoken of as all.
    if (mayBeAll(type)) expect(faultsEn.kinds[type].broken).toMatch(place)
  }
})
