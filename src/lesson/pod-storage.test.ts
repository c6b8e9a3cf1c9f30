// What pods and docker's containers may keep: on their node's disk, which is full at some time; of what their
// ephemeral-storage limits allow; in memory, of what their memory limit leaves.
import { expect, test } from 'vitest'
import { World } from './world.ts'

const fill = 'seq 100000 > f; while cat f f > g; do mv g f; done'

/** Leaves only some room on the disk of a machine. */
function almostFull(world: World, node: string): void {
  const { storage } = world.cluster.kubelets.get(node)!
  storage.take(storage.capacity - storage.used - 6 * 2 ** 20)
}

function pod(world: World, name: string, command: string, more: object = {}, spec: object = {}): void {
  const container = { name: 'c', image: 'busybox', command: ['sh', '-c', command], ...more }
  const body = { metadata: { name }, spec: { restartPolicy: 'Never', containers: [container], ...spec } }
  const path = '/api/v1/namespaces/default/pods'
  expect(world.cluster.api.handle({ method: 'POST', path, body }).code).toBe(201)
}

const get = (world: World, name: string) =>
  world.cluster.api.handle({ method: 'GET', path: `/api/v1/namespaces/default/pods/${name}` }).body

test("a node's disk is full at some time, for all that write there, until a pod goes", () => {
  const world = new World({ seed: 1 })
  almostFull(world, 'k8s-node1')
  const on = { nodeName: 'k8s-node1' }
  pod(world, 'greedy', `${fill}; wc -c < f; sleep 9999`, {}, on)
  world.advance(10_000)
  expect(world.run('kubectl logs greedy').stdout).toMatch(
    /^cat: write error: No space left on device\n2355580\n$/,
  )
  pod(world, 'other', `${fill}; wc -c < f; sleep 9999`, {}, on)
  world.advance(10_000)
  expect(world.run('kubectl logs other').stdout).toMatch(
    /^seq: write error: No space left on device\ncat: write error: No space left on device\n\d{1,4}\n$/,
  )
  world.run('kubectl delete pod greedy --force --grace-period=0')
  world.advance(40_000)
  expect(world.run(`kubectl exec other -- sh -c '${fill}; wc -c < f'`).stdout).toBe('2355580\n')
})

test("docker's containers stand on the disk of their machine, and give back what they took", () => {
  const world = new World({ seed: 1 })
  almostFull(world, 'k8s-master')
  const run = () => world.run(`docker run --rm busybox sh -c '${fill}; wc -c < f'`)
  const first = run()
  expect(first.stderr).toContain('cat: write error: No space left on device\n')
  expect(run().stdout).toBe(first.stdout)
})

test('a pod that keeps more than its ephemeral-storage limits is evicted in the words of the kubelet', () => {
  const limits = { resources: { limits: { 'ephemeral-storage': '1Mi' } } }
  const less = { resources: { limits: { 'ephemeral-storage': '100Ki' } } }
  const world = new World({ seed: 1 })
  pod(world, 'modest', 'seq 100000 > f; sleep 9999', limits)
  pod(world, 'layer', 'seq 200000 > f; sleep 9999', limits)
  pod(world, 'talks', 'seq 9000; sleep 9999', less)
  pod(
    world,
    'volume',
    'seq 200000 > /v/f; sleep 9999',
    { ...limits, volumeMounts: [{ name: 'v', mountPath: '/v' }] },
    { volumes: [{ name: 'v', emptyDir: {} }] },
  )
  pod(world, 'two', 'seq 200000 > f; sleep 9999', limits, {
    containers: [
      { name: 'a', image: 'busybox', command: ['sh', '-c', 'seq 200000 > f; sleep 9999'], ...limits },
      {
        name: 'b',
        image: 'busybox',
        command: ['sleep', '9999'],
        resources: { limits: { 'ephemeral-storage': '1Gi' } },
      },
    ],
  })
  world.advance(60_000)
  expect(get(world, 'modest').status.phase).toBe('Running')
  for (const [name, limit] of [
    ['layer', '1Mi'],
    ['talks', '100Ki'],
    ['volume', '1Mi'],
  ])
    expect(get(world, name!).status).toMatchObject({
      phase: 'Failed',
      reason: 'Evicted',
      message: `Pod ephemeral local storage usage exceeds the total limit of containers ${limit}. `,
    })
  expect(get(world, 'two').status.message).toBe(
    'Container a exceeded its local ephemeral storage limit "1Mi". ',
  )
})

test('a program that holds more than the memory limit of its container is killed for that', () => {
  const limited = { resources: { limits: { memory: '7Mi' } } }
  const world = new World({ seed: 1 })
  const ends: Record<string, string> = {
    variable: 'x=$(seq 900000); echo survived',
    doubled: 'x=abcdefgh; while :; do x=$x$x; done',
    sorted: 'seq 900000 | sort | head -1',
    array: `awk 'BEGIN { x = sprintf("%100000s", ""); for (;;) a[i++] = x }'`,
    line: "seq 900000 | tr -d '\\n' | sed 's/x/y/'",
  }
  for (const [name, command] of Object.entries(ends)) pod(world, name, command, limited)
  pod(world, 'enough', ends.variable!, { resources: { limits: { memory: '100Mi' } } })
  world.advance(60_000)
  const terminated = (name: string) => get(world, name).status.containerStatuses[0].state.terminated
  for (const name of Object.keys(ends))
    expect([name, terminated(name)]).toEqual([
      name,
      expect.objectContaining({ reason: 'OOMKilled', exitCode: 137 }),
    ])
  expect(terminated('enough')).toMatchObject({ reason: 'Completed', exitCode: 0 })
})
