import { expect, test } from 'vitest'
import { World } from './world.ts'

function make() {
  const world = new World({ seed: 1 })
  const run = (command: string) => {
    const { stdout, stderr } = world.run(command)
    return stdout + stderr
  }
  return { world, run }
}

test('each pod of a node has a shim, which starts the sandbox and the containers', () => {
  const { world, run } = make()
  const tree = () =>
    new Map(
      run('ssh k8s-node1 ps -e -o pid=,ppid=,comm=')
        .trim()
        .split('\n')
        .map(line => line.trim().split(/ +/) as [string, string, string])
        .map(([pid, parent, name]) => [pid, { parent, name }]),
    )
  run('kubectl run web --image=nginx:1.27')
  world.advance(20_000)
  const [, web] = [...tree()].find(([, { name }]) => name === 'nginx')!
  const shim = tree().get(web.parent)!
  expect(shim).toEqual({ parent: '1', name: 'containerd-shim' })
  expect([...tree().values()].filter(({ parent }) => parent === web.parent).map(({ name }) => name)).toEqual([
    'pause',
    'nginx',
  ])
  const before = tree().size
  run('kubectl delete pod web')
  world.advance(3000)
  // The shim, the sandbox, nginx and its two workers.
  expect(tree().size).toBe(before - 5)
})

test('a service that is started again is a new process', () => {
  const { world, run } = make()
  const pid = () => run('ssh k8s-node1 ps -C kubelet -o pid=').trim()
  const first = pid()
  run('ssh k8s-node1 systemctl stop kubelet')
  expect(pid()).toBe('')
  world.advance(5000)
  run('ssh k8s-node1 systemctl start kubelet')
  expect(pid()).not.toBe(first)
  expect(run('ssh k8s-node1 systemctl status kubelet')).toContain(`Main PID: ${pid()} (kubelet)`)
  world.advance(61_000)
  expect(run('ssh k8s-node1 ps -C kubelet -o etime=').trim()).toBe('01:01')
})

test('selections, formats and faults are those of procps', () => {
  const { run } = make()
  expect(run('ps')).toMatch(/^ {4}PID TTY {10}TIME CMD\n {3}2100 pts\/0 {4}00:00:00 bash\n.* ps\n$/)
  expect(run('ps -p 1,2100 -o pid,user=WHO')).toBe('    PID WHO\n   2100 learner\n')
  expect(run('ps x | head -n 1')).toBe('    PID TTY      STAT   TIME COMMAND\n')
  expect(run('ps -o pid=,foo 2>&1 | head -n 1')).toBe('error: unknown user-defined format specifier "foo"\n')
  expect(run('ps -p 1x 2>&1 | head -n 1')).toBe('error: process ID list syntax error\n')
  expect(run('ps --sort=-pid -o pid= | tail -n 1')).toBe('   2100\n')
})
