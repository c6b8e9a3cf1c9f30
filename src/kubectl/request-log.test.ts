// What kubectl tells of its requests: -v, --request-timeout, --chunk-size.
import { expect, test } from 'vitest'
import { World } from '../lesson/world.ts'

const machine = () => {
  const world = new World({ seed: 1 })
  return (command: string) => world.run(command).stderr.replace(/^([IE])\d{4} [\d:.]+ +\d+ /gm, '$1 ')
}

test('-v=6: a line for each answer; less says less', () => {
  const run = machine()
  expect(run('kubectl get ns -v=3')).toBe('')
  expect(run('kubectl get ns -v=5')).toBe('I cmd.go:527] kubectl command headers turned on\n')
  const log = run('kubectl get ns -v=6')
  expect(log).toContain('I loader.go:407] Config loaded from file:  /home/learner/.kube/config\n')
  expect(log).toMatch(
    /^I round_trippers\.go:632\] "Response" verb="GET" url="https:\/\/10\.0\.2\.2:6443\/api\/v1\/namespaces\?limit=500" status="200 OK" milliseconds=\d+$/m,
  )
  expect(run('kubectl create ns a -v=6')).toContain('status="201 Created"')
})

test('-v=7: requests with their headers; -v=8: bodies, cut off; -v=9: as curl', () => {
  const run = machine()
  const seven = run('kubectl get ns -v=7')
  expect(seven).toContain(
    '"Request" verb="GET" url="https://10.0.2.2:6443/api/v1/namespaces?limit=500" headers=<\n\tAccept: application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json\n\tUser-Agent: kubectl/v1.36.3 (linux/amd64) kubernetes/0f29094\n >\n',
  )
  expect(seven).toMatch(/"Response" status="200 OK" milliseconds=\d+\n/)
  const eight = run('kubectl get ns -v=8')
  expect(eight).toContain('I helper.go:113] "Request Body" body=""\n')
  expect(eight).toMatch(/\tAudit-Id: [0-9a-f-]{36}\n\tCache-Control: no-cache, private\n/)
  expect(eight).toMatch(/"Response Body" body="\{\\"kind\\":\\"Table\\".* \[truncated \d+ chars\]"\n$/)
  const nine = run('kubectl delete ns a -v=9')
  expect(nine).toContain('"Request Body" body=<\n\t{"propagationPolicy":"Background"}\n >\n')
  expect(nine).toMatch(/curl -v -XDELETE .*'https:\/\/10\.0\.2\.2:6443\/api\/v1\/namespaces\/a'\n/)
})

test('what the server refused is told once, whole', () => {
  const run = machine()
  const log = run('kubectl get pod none -v=4')
  expect(log).toBe(
    `I helpers.go:246] server response object: %s[${JSON.stringify(
      {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message: 'pods "none" not found',
        reason: 'NotFound',
        details: { name: 'none', kind: 'pods' },
        code: 404,
      },
      undefined,
      2,
    )}]\nError from server (NotFound): pods "none" not found\n`,
  )
  // A deletion that waits looks until the object is gone: no failure.
  run('kubectl create cm a')
  expect(run('kubectl delete cm a -v=6')).not.toContain('server response object')
})

test('long lists come in pieces', () => {
  const run = machine()
  const pieces = (flag: string) => run(`kubectl get ns -v=6 ${flag}`).match(/"Response" .*namespaces.*/g)
  expect(pieces('--chunk-size=3')).toHaveLength(2)
  expect(pieces('--chunk-size=3')![1]).toMatch(/\?continue=\w+&limit=3"/)
  expect(pieces('--chunk-size=0')![0]).toContain('/api/v1/namespaces"')
  expect(run('kubectl events -A -v=6')).toContain('/api/v1/events?limit=500"')
  const drained = run('kubectl drain k8s-node1 --ignore-daemonsets --dry-run=client -v=6')
  expect(drained).toContain('/api/v1/pods?fieldSelector=spec.nodeName%3Dk8s-node1&limit=500"')
  const world = new World({ seed: 1 })
  const names = (flag: string) => world.run(`kubectl get ns -o name ${flag}`).stdout
  expect(names('--chunk-size=1')).toBe(names('--chunk-size=0'))
})

test('--request-timeout: of an address that does not answer, and of a stream', () => {
  const world = new World({ seed: 1 })
  const begun = world.elapsed
  const { stderr } = world.run('kubectl get ns --request-timeout=2s -s https://8.8.8.8')
  expect(stderr).toContain('/api?timeout=2s\\": context deadline exceeded (Client.Timeout exceeded')
  expect(stderr).toMatch(
    /\nUnable to connect to the server: context deadline exceeded \(Client\.Timeout exceeded while awaiting headers\)\n$/,
  )
  expect(world.elapsed - begun).toBeLessThan(3000)
  world.run('kubectl run a --image=busybox -- sh -c "echo begun; sleep 60"')
  world.advance(10_000)
  expect(world.run('kubectl logs -f a --request-timeout=3')).toEqual({
    stdout: 'begun\n',
    stderr: 'error: context deadline exceeded (Client.Timeout or context cancellation while reading body)\n',
    exit: 1,
  })
})
