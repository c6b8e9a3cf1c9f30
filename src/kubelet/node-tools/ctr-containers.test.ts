// Words of ctr: containerd 1.6, cmd/ctr.
import { expect, test } from 'vitest'
import { World } from '../../lesson/world.ts'

function node() {
  const world = new World({ seed: 1 })
  world.run('kubectl run box --image=busybox:1.36 -- sleep 1000')
  world.run('kubectl run once --image=busybox:1.36 --restart=Never -- true')
  world.advance(6000)
  const on = (line: string) => {
    const { stdout, stderr } = world.run(`ssh k8s-node1 '${line}'`)
    return stdout + stderr
  }
  const [box = '', once = ''] = ['box', 'once'].map(name => on(`crictl ps -aq --name ^${name}$`).trim())
  return { world, on, ctr: (line: string) => on(`ctr -n k8s.io ${line}`), box, once }
}

test('containers are listed, told of and removed; one that runs is not', () => {
  const { world, on, ctr, box, once } = node()
  const ids = ctr('c ls -q').trim().split('\n')
  expect(ids).toEqual([...ids].sort())
  expect(ids).toContain(once)
  expect(on('ctr containers ls')).toBe('CONTAINER    IMAGE    RUNTIME    \n')
  const info = JSON.parse(ctr(`c info ${box}`))
  expect(info).toMatchObject({
    ID: box,
    Image: 'docker.io/library/busybox:1.36',
    Labels: { 'io.cri-containerd.kind': 'container', 'io.kubernetes.pod.name': 'box' },
    Spec: { process: { args: ['sleep', '1000'] }, hostname: 'box' },
  })
  expect(JSON.parse(ctr(`containers info --spec ${box}`))).toEqual(info.Spec)
  expect(ctr('c info nope')).toBe('ctr: container "nope" in namespace "k8s.io": not found\n')
  expect(ctr(`c rm ${box} ${once}`)).toMatch(
    /^time=.* level=error msg="failed to delete container \\"[0-9a-f]{64}\\"" error="cannot delete a non stopped container: {running 0 .*}"\nctr: cannot delete a non stopped container: /,
  )
  expect(ctr('c ls -q')).not.toContain(once)
  expect(world.run('kubectl get pod box -o jsonpath={.status.phase}').stdout).toBe('Running')
  expect(ctr('c rm')).toBe('ctr: must specify at least one container to delete: invalid argument\n')
})

test('tasks are those that run: their processes, commands in them, signals, and a removal by force', () => {
  const { world, on, ctr, box, once } = node()
  const row = new RegExp(`^${box} +(\\d+) +RUNNING`, 'm').exec(ctr('t ls'))!
  expect(on(`ps -p ${row[1]} -o args=`)).toBe('sleep 1000\n')
  expect(ctr('task ls -q')).not.toContain(once)
  expect(ctr(`t ps ${box}`)).toMatch(new RegExp(`^PID +INFO\n${row[1]} +-\n$`))
  expect(ctr(`t exec --exec-id a ${box} cat /etc/hostname`)).toBe('box\n')
  expect(ctr(`t exec --exec-id a --cwd /etc ${box} pwd`)).toBe('/etc\n')
  expect(world.run(`ssh k8s-node1 ctr -n k8s.io t exec --exec-id a ${box} sh -c '"exit 4"'`).exit).toBe(4)
  expect(ctr(`t exec ${box} true`)).toBe('ctr: exec id cannot be empty: invalid argument\n')
  expect(ctr(`t exec --exec-id a ${once} true`)).toMatch(
    /^ctr: no running task found: task [0-9a-f]+ not found/,
  )
  expect(ctr(`t rm ${box}`)).toContain('task must be stopped before deletion: running: failed precondition')
  expect(ctr(`t kill -s SIGNONE ${box}`)).toContain('is not part of this simulator')
  expect(ctr(`t kill --signal 9 ${box}`)).toBe('')
  world.advance(3000)
  const last = '{.status.containerStatuses[0].lastState.terminated.exitCode}'
  expect(world.run(`kubectl get pod box -o jsonpath=${last}`).stdout).toBe('137')
  const [again] = ctr('t ls -q')
    .split('\n')
    .filter(id => on(`crictl ps -q --name ^box$`).includes(id))
  expect(ctr(`t rm -f ${again}`)).toBe('')
  world.advance(25_000)
  const restarts = '{.status.containerStatuses[0].restartCount}'
  expect(world.run(`kubectl get pod box -o jsonpath=${restarts}`).stdout).toBe('2')
})

test('flags of images act, or are said to have no effect, or are unknown; nerdctl says which ones it has', () => {
  const { world, on, ctr, box } = node()
  expect(ctr('i ls -q name==docker.io/library/busybox:1.36')).toBe('docker.io/library/busybox:1.36\n')
  const pulled = world.run(
    'ssh k8s-node1 ctr i pull --platform linux/amd64 -k docker.io/library/busybox:1.36',
  )
  expect(pulled.stderr).toBe(
    'WARNING: --skip-verify has no effect in this simulator\nWARNING: --platform has no effect in this simulator\n',
  )
  expect(pulled.exit).toBe(0)
  expect(ctr('i pull --nope x')).toBe('ctr: flag provided but not defined: -nope\n')
  expect(ctr('i rm --sync docker.io/none:1')).toContain('WARNING: --sync has no effect')
  expect(on('nerdctl ps --format json')).toBe(
    'nerdctl ps: flag provided but not defined: -format: this simulator knows --all, --quiet\n',
  )
  expect(on('nerdctl -n k8s.io ps -aq')).toMatch(/^([0-9a-f]{12}\n)+$/)
  expect(on(`nerdctl -n k8s.io exec ${box} cat /etc/hostname`)).toBe('box\n')
  expect(on(`echo hi | nerdctl -n k8s.io exec ${box} cat`)).toBe('')
  expect(on(`echo hi | nerdctl -n k8s.io exec -i ${box} cat`)).toBe('hi\n')
  world.run('kubectl run two --image=busybox:1.36 --restart=Never -- sh -c "echo a; echo b >&2; echo c"')
  world.advance(5000)
  expect(on('nerdctl -n k8s.io logs --tail 2 k8s://default/two/two 2>/dev/null')).toBe('c\n')
  expect(on('nerdctl -n k8s.io logs -t k8s://default/two/two')).toMatch(/^\d{4}-\S+Z a\n/)
})

test('what ctr has and the simulator has not is said; help and wrong flags are ctr’s', () => {
  const { ctr, box } = node()
  for (const line of ['c create x y', 't pause x', 't metrics x', 'snapshots ls', 'run x y', 'images push x'])
    expect(ctr(line)).toMatch(/^ctr: '.*' is not part of this simulator/)
  expect(ctr('containers')).toContain('USAGE:\n   ctr containers command [command options] [arguments...]')
  expect(ctr('t --help')).toContain('   exec                     execute additional processes')
  expect(ctr('t nope')).toBe("No help topic for 'nope'\n")
  expect(ctr(`t kill --nope ${box}`)).toBe('ctr: flag provided but not defined: -nope\n')
})
