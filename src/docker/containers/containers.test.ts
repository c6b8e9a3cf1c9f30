// Containers of docker's as a reader meets them: run, looked at, stopped, removed; the words are those of recordings/docker.
import { expect, test } from 'vitest'
import { World } from '../../lesson/world.ts'

const world = () => new World({ seed: 1 })
const node = (w: World, line: string) => w.run(`ssh k8s-master '${line}'`)

test('a container with a published port answers on the workstation, its machine and the other nodes, until it is stopped', () => {
  const w = world()
  expect(w.run('docker run -d --name hello -p 8080:3000 leigg/hellok8s:v1').stdout).toMatch(
    /^[0-9a-f]{64}\n$/,
  )
  expect(w.run('docker ps').stdout).toMatch(
    /"\/app\/main" .* 0\.0\.0\.0:8080->3000\/tcp, \[::\]:8080->3000\/tcp +hello\n/,
  )
  for (const line of [
    'curl -s localhost:8080',
    'ssh k8s-master curl -s localhost:8080',
    'ssh k8s-node1 curl -s 10.0.2.2:8080',
  ])
    expect(w.run(line).stdout).toBe('[v1] Hello, Kubernetes!')
  expect(w.run('docker run -p 8080:80 nginx:1.26').stderr).toMatch(
    /failed to set up container networking: driver failed programming external connectivity on endpoint \w+ \([0-9a-f]{64}\): Bind for 0\.0\.0\.0:8080 failed: port is already allocated/,
  )
  expect(w.run('docker rm hello').stderr).toContain(
    'container is running: stop the container before removing',
  )
  expect(w.run('docker stop hello').stdout).toBe('hello\n')
  expect(w.run('curl -s localhost:8080').exit).toBe(7)
  expect(w.run('docker ps -a --format {{.Names}}').stdout).toContain('hello\n')
  expect(w.run('docker rm hello; docker ps -aq --filter name=hello').stdout).toBe('hello\n')
})

test('its processes are those of its machine, under a shim', () => {
  const w = world()
  w.run('docker run -d --name hello leigg/hellok8s:v1')
  const rows = node(w, 'ps -ef')
    .stdout.split('\n')
    .map(line => line.trim().split(/\s+/))
  const main = rows.find(row => row[7] === '/app/main')!
  const shim = rows.find(row => row[1] === main[2])!
  expect(shim.slice(7, 10)).toEqual(['/usr/bin/containerd-shim-runc-v2', '-namespace', 'moby'])
  w.run('docker rm -f hello')
  expect(node(w, 'ps -ef').stdout).not.toMatch(/moby|app\/main/)
})

test('exit codes: of the program, 125 of docker, 126 and 127 of what cannot be started', () => {
  const w = world()
  const exit = (line: string) => w.run(`docker run --rm ${line}`).exit
  expect(exit('busybox:1.36 sh -c "exit 3"')).toBe(3)
  expect(exit('--nope busybox:1.36')).toBe(125)
  expect(exit('busybox:1.36 /etc')).toBe(126)
  expect(exit('busybox:1.36 nosuch')).toBe(127)
  expect(w.run('docker ps -aq').stdout).toBe('')
})

test('stop waits ten seconds for a program that does not heed it, then kills', () => {
  const w = world()
  w.run('docker run -d --name sleeper busybox:1.36 sleep 1000')
  const begun = w.engine.now
  w.run('docker stop sleeper')
  expect(Math.round((w.engine.now - begun) / 1000)).toBe(10)
  expect(w.run('docker ps -a --format "{{.Status}}"').stdout).toMatch(/^Exited \(137\)/)
  expect(w.run('docker kill sleeper').stderr).toMatch(
    /^Error response from daemon: cannot kill container: sleeper: container [0-9a-f]{64} is not running\n$/,
  )
})

test('a policy starts what failed again, so often as it says; who is stopped by hand stays so', () => {
  const w = world()
  w.run('docker run -d --name again --restart on-failure:2 busybox:1.36 false')
  w.run('docker run -d --name always --restart always busybox:1.36 sleep 1')
  w.advance(5000)
  expect(w.run('docker ps -a --filter name=again --format "{{.Status}}"').stdout).toMatch(/^Exited \(1\)/)
  expect(w.run('docker ps --filter name=always --format "{{.Status}}"').stdout).toMatch(/^(Up|Restarting)/)
  w.run('docker stop -t 1 always')
  w.advance(70_000)
  expect(w.run('docker ps -a --filter name=always --format "{{.State}}"').stdout).toBe('exited\n')
})

test('a paused container neither answers nor goes on; its log goes on where it was halted', () => {
  const w = world()
  w.run('docker run -d --name tick busybox:1.36 sh -c "while true; do echo tick; sleep 1; done"')
  w.run('docker pause tick')
  const before = w.run('docker logs tick | wc -l').stdout
  w.advance(10_000)
  expect(w.run('docker logs tick | wc -l').stdout).toBe(before)
  w.run('docker unpause tick')
  w.advance(3000)
  expect(Number(w.run('docker logs tick | wc -l').stdout)).toBeGreaterThan(Number(before) + 1)
})
