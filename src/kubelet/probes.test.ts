import { expect, test } from 'vitest'
import { World } from '../lesson/world.ts'

const pod = (name: string, probe: string) => `apiVersion: v1
kind: Pod
metadata: {name: ${name}}
spec:
  containers:
  - name: c
    image: busybox
    command: [sh, -c, sleep 0.2; exit 1]
${probe}`

test('a readiness prober that meets a new container says so, though it has ended: the back-off shows at once', () => {
  const probe = '    readinessProbe: {tcpSocket: {port: 80}, periodSeconds: 1}\n'
  for (const seed of [1, 2, 3, 4]) {
    const world = new World({ seed, files: { 'p.yaml': `${pod('probed', probe)}---\n${pod('plain', '')}` } })
    world.run('kubectl apply -f p.yaml')
    // Restarted once at once; the next restart is ten seconds away.
    world.advance(8000)
    const { stdout } = world.run('kubectl get pods --no-headers')
    expect(stdout).toMatch(/^plain +0\/1 +Error +1 /m)
    expect(stdout).toMatch(/^probed +0\/1 +CrashLoopBackOff +1 /m)
  }
})

test('a prober looks once a period: asked at once besides, it looks once more and goes on from there', () => {
  const unready = `apiVersion: v1
kind: Pod
metadata: {name: unready}
spec:
  containers:
  - {name: c, image: nginx, readinessProbe: {httpGet: {path: /missing, port: 80}, initialDelaySeconds: 1, periodSeconds: 2}}
`
  const often = [1, 2, 3, 4, 5, 6, 7, 8].map(seed => {
    const world = new World({ seed, files: { 'p.yaml': unready } })
    world.run('kubectl apply -f p.yaml')
    world.until('kubectl get events | grep -q Unhealthy')
    world.advance(10_000)
    return Number(/Unhealthy +\S+ \(x(\d+) over/.exec(world.run('kubectl describe pod unready').stdout)?.[1])
  })
  expect(Math.min(...often)).toBeGreaterThanOrEqual(5)
  expect(Math.max(...often)).toBeLessThanOrEqual(7)
})
