import { expect, test } from 'vitest'
import { World } from '../../lesson/world.ts'

function machine() {
  const world = new World({ seed: 1 })
  const run = (command: string) => {
    const { stdout, stderr } = world.run(command)
    return stdout + stderr
  }
  return { world, run }
}

test('cluster-info dump has the logs of every container', () => {
  const { world, run } = machine()
  run('kubectl run a --image=busybox -- sh -c "echo hello; sleep 600"')
  run('kubectl run b --image=nosuch:v0')
  world.advance(10_000)
  expect(run('kubectl cluster-info dump --output-directory=/tmp/d')).toBe('Cluster info dumped to /tmp/d\n')
  expect(run('ls -p /tmp/d/default /tmp/d/kube-system')).toMatch(
    /\na\/\nb\/\ndaemonsets\.json\n[\s\S]*coredns-.*\/\n/,
  )
  const log = (pod: string) => run(`cat /tmp/d/default/${pod}/logs.txt`)
  expect(log('a')).toBe(
    '==== START logs for container a of pod default/a ====\nhello\n==== END logs for container a of pod default/a ====\n',
  )
  expect(log('b')).toMatch(
    /START.*\nRequest log error: container "b" in pod "b" is waiting to start: .*\n==== END/,
  )
  expect(run('kubectl cluster-info dump --namespaces=default')).toContain('pod default/a ====\nhello\n====')
})

test('KUBECTL_EXTERNAL_DIFF compares in the place of diff -u -N', () => {
  const { world, run } = machine()
  run('kubectl create cm m --from-literal=a=b --dry-run=client -o yaml > m.yaml; kubectl apply -f m.yaml')
  const diff = (program: string) => world.run(`KUBECTL_EXTERNAL_DIFF="${program}" kubectl diff -f m.yaml`)
  expect(diff('diff -N')).toEqual({ stdout: '', stderr: '', exit: 0 })
  run('sed -i s/b$/c/ m.yaml')
  const { stdout, exit } = diff('diff -N ;rm')
  expect(stdout).toMatch(
    /^diff -N \/tmp\/LIVE-\d+\/v1\.ConfigMap\.default\.m \/tmp\/MERGED-.*\n3c3\n< {3}a: b\n---\n> {3}a: c\n$/,
  )
  expect(exit).toBe(1)
  expect(diff('colordiff -u')).toMatchObject({
    stderr: 'error: executable file not found in $PATH\n',
    exit: 2,
  })
  expect(run('ls /tmp')).not.toContain('LIVE')
})

test('diff takes a conflict of managers for a change in the meantime, says so and fails', () => {
  const world = new World({ seed: 1 })
  world.run('kubectl create deployment web --image=nginx')
  world.write('d.yaml', 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 2}\n')
  const conflict = world.run('kubectl diff -f d.yaml --server-side; echo exit $?')
  expect(conflict.stderr).toMatch(
    /^W1123 \S+ +\d+ diff.go:\d+\] Object \(apps\/v1, Kind=Deployment: web\) keeps changing, diffing without lock\nError from server \(Conflict\): Apply failed with 1 conflict: conflict with "kubectl-create" using apps\/v1: \.spec\.replicas\n$/,
  )
  expect(conflict.stdout).toBe('exit 2\n')
  const forced = world.run('kubectl diff -f d.yaml --server-side --force-conflicts')
  expect([forced.stderr, forced.stdout.includes('+  replicas: 2')]).toEqual(['', true])
})
