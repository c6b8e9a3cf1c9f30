// What the API shows of a pod's life, against what a real kubelet did (tests/reference/timelines/pod-*).

import { describe, expect, it } from 'vitest'
import { createCluster } from '../cluster/cluster.ts'
import type { AnyObject } from '../kinds/object.ts'
import type { PodStatus } from '../kinds/schema/types.ts'

/** One cluster with one pod, and the pod's states and events as they come, without repeats of the same line. */
function watchPod(spec: Record<string, unknown>, container: Record<string, unknown>) {
  const { engine, client } = createCluster()
  const api = client('kubectl-create')
  const lines: string[] = []
  const tell = (line: string) => {
    if (lines.at(-1) !== line) lines.push(line)
  }
  const start = engine.now
  api.resource('pods').watch({ namespace: 'default' }, ({ type, object }) => {
    if (type === 'ERROR' || type === 'BOOKMARK') return
    const { phase, containerStatuses: [status] = [] }: Partial<PodStatus> = object.status ?? {}
    const state = status?.state ?? {}
    const what =
      state.waiting?.reason ??
      (state.running
        ? 'running'
        : state.terminated && `${state.terminated.reason} ${state.terminated.exitCode}`)
    const ready = status?.ready ? ' ready' : ''
    const restarts = status?.restartCount ? ` restarts=${status.restartCount}` : ''
    if (type === 'DELETED') tell('gone')
    else if (what)
      tell(`${object.metadata.deletionTimestamp ? 'deleting ' : ''}${phase}: ${what}${ready}${restarts}`)
  })
  api.resource('events').watch({ namespace: 'default' }, ({ type, object }) => {
    if (type === 'ERROR' || type === 'BOOKMARK') return
    if (object.source.component === 'kubelet') tell(`  ${object.reason} x${object.count}`)
  })
  api.resource<AnyObject>('pods').create({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a', namespace: 'default' },
    spec: { ...spec, containers: [{ name: 'c', ...container }] },
  })
  return {
    lines,
    advance: (seconds: number) => engine.advance(seconds * 1000),
    remove: () => api.resource('pods').delete('default', 'a'),
    seconds: () => (engine.now - start) / 1000,
    pod: () => api.resource<AnyObject>('pods').get('default', 'a'),
  }
}

describe('the kubelet', () => {
  it('pulls, creates and starts, and shows the pod Failed before it goes where its program does not end with 0', () => {
    const { lines, advance, remove } = watchPod({}, { image: 'leigg/hellok8s:v1' })
    advance(5)
    remove()
    advance(5)
    expect(lines).toEqual([
      'Pending: ContainerCreating',
      '  Pulling x1',
      'Pending: ContainerCreating',
      '  Pulled x1',
      '  Created x1',
      '  Started x1',
      'Running: running ready',
      'deleting Running: running ready',
      '  Killing x1',
      'deleting Running: running ready',
      'deleting Failed: Error 2',
      'gone',
    ])
  })

  it('restarts at once after the first crash, and shows CrashLoopBackOff only just before the next tries', () => {
    const { lines, advance } = watchPod(
      {},
      { image: 'busybox:1.28', command: ['sh', '-c', 'sleep 1; exit 1'] },
    )
    // The third try comes 10 to 15 s after the second end, the fourth 20 s or more after that.
    advance(25)
    expect(lines.slice(lines.indexOf('Running: running ready'))).toEqual([
      'Running: running ready',
      '  Pulled x1',
      'Running: Error 1',
      '  Created x2',
      '  Started x2',
      'Running: running ready restarts=1',
      '  BackOff x1',
      'Running: Error 1 restarts=1',
      '  Pulled x2',
      'Running: CrashLoopBackOff restarts=1',
      '  Created x3',
      '  Started x3',
      'Running: running ready restarts=2',
      '  BackOff x2',
      'Running: Error 1 restarts=2',
    ])
  })

  it('alternates between ErrImagePull and ImagePullBackOff for an image that is not there', () => {
    const { lines, advance, pod } = watchPod({}, { image: 'leigg/hellok8s:v99' })
    advance(35)
    expect(lines.filter(line => !line.startsWith(' '))).toEqual([
      'Pending: ContainerCreating',
      'Pending: ContainerCreating',
      'Pending: ErrImagePull',
      'Pending: ImagePullBackOff',
      'Pending: ErrImagePull',
    ])
    expect(pod().status.containerStatuses[0].state.waiting.message).toBe(
      'rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/leigg/hellok8s:v99": failed to resolve reference "docker.io/leigg/hellok8s:v99": docker.io/leigg/hellok8s:v99: not found',
    )
  })

  it('ends a first process that has no handler for SIGTERM only after the grace period', () => {
    const { lines, advance, remove, pod } = watchPod(
      { terminationGracePeriodSeconds: 5 },
      { image: 'busybox:1.28', command: ['sleep', '3600'] },
    )
    advance(3)
    remove()
    advance(4.5)
    expect(pod().status.phase).toBe('Running')
    advance(3)
    expect(lines.slice(-2)).toEqual(['deleting Failed: Error 137', 'gone'])
  })

  it('restarts a container whose liveness probe failed three times, without a back-off', () => {
    const probe = { httpGet: { path: '/healthz', port: 3000 }, initialDelaySeconds: 3, periodSeconds: 3 }
    const { lines, advance, pod } = watchPod({}, { image: 'leigg/hellok8s:liveness', livenessProbe: probe })
    advance(30)
    expect(lines.slice(lines.indexOf('Running: running ready') + 1)).toEqual([
      '  Unhealthy x1',
      '  Unhealthy x2',
      '  Unhealthy x3',
      '  Killing x1',
      '  Pulled x1',
      '  Created x2',
      '  Started x2',
      'Running: running ready restarts=1',
    ])
    expect(pod().status.containerStatuses[0].lastState.terminated).toMatchObject({
      exitCode: 2,
      reason: 'Error',
    })
  })

  it('lets a probe say how long a container may take to end', () => {
    const livenessProbe = { exec: { command: ['false'] }, periodSeconds: 1, failureThreshold: 1 }
    const container = { image: 'busybox:1.28', command: ['sleep', '3600'] }
    const restarts = (probe: object) => {
      const { advance, pod } = watchPod(
        { terminationGracePeriodSeconds: 60 },
        { ...container, livenessProbe: { ...livenessProbe, ...probe } },
      )
      advance(20)
      return pod().status.containerStatuses[0].restartCount > 0
    }
    expect(restarts({})).toBe(false)
    expect(restarts({ terminationGracePeriodSeconds: 3 })).toBe(true)
  })

  it('heals a missing ConfigMap by itself, without counting a restart', () => {
    const { lines, advance } = watchPod(
      {},
      { image: 'leigg/hellok8s:v1', envFrom: [{ configMapRef: { name: 'nosuch', optional: true } }] },
    )
    advance(3)
    expect(lines.at(-1)).toBe('Running: running ready')
    const missing = watchPod(
      {},
      { image: 'leigg/hellok8s:v1', envFrom: [{ configMapRef: { name: 'nosuch' } }] },
    )
    missing.advance(3)
    expect(missing.lines.at(-1)).toMatch('Failed')
    expect(missing.pod().status.containerStatuses[0].state.waiting).toEqual({
      reason: 'CreateContainerConfigError',
      message: 'configmap "nosuch" not found',
    })
  })

  it('kills a shell whose variable grows without end at its limit', () => {
    for (const script of ['x=a; while true; do x=$x$x; done', 'x=$(cat /dev/zero)', 'read x < /dev/zero']) {
      const { advance, pod } = watchPod(
        { restartPolicy: 'Never' },
        {
          image: 'busybox:1.28',
          command: ['sh', '-c', `sleep 2; ${script}`],
          resources: { limits: { memory: '20Mi' } },
        },
      )
      advance(20)
      const { exitCode, reason } = pod().status.containerStatuses[0].state.terminated
      expect([script, exitCode, reason]).toEqual([script, 137, 'OOMKilled'])
    }
  })

  it('kills what reads memory without end at its limit, as OOMKilled', () => {
    const { advance, pod } = watchPod(
      { restartPolicy: 'Never' },
      {
        image: 'busybox:1.28',
        command: ['sh', '-c', 'sleep 2; tail /dev/zero'],
        resources: { limits: { memory: '20Mi' } },
      },
    )
    advance(8)
    expect(pod().status.phase).toBe('Failed')
    expect(pod().status.containerStatuses[0].state.terminated).toMatchObject({
      exitCode: 137,
      reason: 'OOMKilled',
    })
  })
})
