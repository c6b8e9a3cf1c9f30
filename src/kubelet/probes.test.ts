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
