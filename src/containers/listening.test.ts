// A port is closed until its program has come so far: for probes of each kind, and for docker's published ports.
import { expect, test } from 'vitest'
import { World } from '../lesson/world.ts'

/**
 * Starts pods of one container one after another in one world, and waits until each is ready. Answers with what the events say
 * of the probes that failed.
 */
function failuresOf(count: number, container: string): string[] {
  const manifest = (i: number) =>
    `{apiVersion: v1, kind: Pod, metadata: {name: p${i}}, spec: {containers: [{name: c, ${container}}]}}`
  const numbers = Array.from({ length: count }, (_, i) => i)
  const world = new World({
    seed: 1,
    files: Object.fromEntries(numbers.map(i => [`p${i}.yaml`, manifest(i)])),
  })
  for (const i of numbers) {
    world.run(`kubectl apply -f p${i}.yaml`)
    expect(world.run(`kubectl wait --for=condition=Ready pod/p${i} --timeout=90s`).exit).toBe(0)
    world.run(`kubectl delete pod p${i} --now`)
  }
  const { stdout } = world.run(
    `kubectl get events -o jsonpath='{range .items[?(@.reason=="Unhealthy")]}{.message}{"\\n"}{end}'`,
  )
  return stdout.split('\n').filter(Boolean)
}

/** Python needs more than a tenth of a second: a first look that comes at once comes too early. */
const slow = (probe: string) =>
  `image: "python:3.13", command: [python3, -m, http.server, "8000"], readinessProbe: {${probe}, periodSeconds: 1}`

test.for([
  [
    'httpGet: {path: /, port: 8000}',
    /: Get "http:\/\/[\d.]+:8000\/": dial tcp [\d.]+:8000: connect: connection refused$/,
  ],
  ['tcpSocket: {port: 8000}', /: dial tcp [\d.]+:8000: connect: connection refused$/],
  ['exec: {command: [wget, -qO-, "localhost:8000"]}', /refused/],
] as const)('a first look may be refused, the next one is not: %s', ([probe, words]) => {
  const failures = failuresOf(8, slow(probe))
  // Where the prober loses its race with the pod's first status, it looks a second later and finds the server.
  expect(failures.length).toBeGreaterThan(0)
  expect(failures.length).toBeLessThan(8)
  for (const each of failures) expect(each).toMatch(words)
})

test('a small server in Go listens before most first looks, not before all', () => {
  const refused = failuresOf(
    30,
    'image: "leigg/hellok8s:v1", readinessProbe: {tcpSocket: {port: 3000}, periodSeconds: 1}',
  )
  expect(refused.length).toBeGreaterThan(0)
  expect(refused.length).toBeLessThan(10)
})

test('docker takes a connection to a published port at once, and breaks it off until the program listens', () => {
  const world = new World({ seed: 1 })
  world.run('docker pull python:3.13')
  world.run('docker run -d -p 8080:8000 python:3.13 python3 -m http.server 8000')
  expect(world.run('curl -sS localhost:8080')).toMatchObject({
    stdout: '',
    stderr: 'curl: (56) Recv failure: Connection reset by peer\n',
    exit: 56,
  })
  world.advance(1000)
  expect(world.run('curl -sI localhost:8080').stdout).toMatch(/^HTTP\/1.[01] 200 OK/)
})
