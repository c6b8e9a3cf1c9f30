// Containers of docker's as a reader meets them: run, stopped, halted, ended, removed; the words are those of recordings/docker.
import { expect, test } from 'vitest'
import { World } from '../../lesson/world.ts'

const world = () => new World({ seed: 1 })
const node = (w: World, line: string) => w.run(`ssh k8s-master '${line}'`)

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
  w.run('docker run -d --name web -p 8080:80 nginx:1.26; docker pause web')
  expect(w.run('curl -sS -m 2 localhost:8080').exit).toBe(28)
  w.run('docker unpause web')
  expect(w.run('curl -s localhost:8080').exit).toBe(0)
  w.run('docker unpause tick')
  w.advance(3000)
  expect(Number(w.run('docker logs tick | wc -l').stdout)).toBeGreaterThan(Number(before) + 1)
})

test('exec: its own user, folder and environment; what runc says to what is not there; a container that is paused or over', () => {
  const w = world()
  w.run('docker run -d --name web nginx:1.26')
  expect(w.run('docker exec -e A=b web sh -c "echo $A; exit 7"')).toMatchObject({ exit: 7 })
  expect(w.run("docker exec -e A=b -w /tmp -u nobody web sh -c 'echo $A $PWD; id -un'").stdout).toBe(
    'b /tmp\nnobody\n',
  )
  expect(w.run('docker exec web nothere')).toMatchObject({
    exit: 127,
    stdout:
      'OCI runtime exec failed: exec failed: unable to start container process: exec: "nothere": executable file not found in $PATH: unknown\r\n',
  })
  expect(w.run('docker exec -it web sh')).toMatchObject({
    exit: 1,
    stderr: 'the input device is not a TTY\n',
  })
  expect(w.run('echo hi | docker exec -i web cat').stdout).toBe('hi\n')
  w.run('docker pause web')
  expect(w.run('docker exec web ls').stderr).toContain(
    'Container web is paused, unpause the container before exec',
  )
  w.run('docker unpause web; docker stop web')
  expect(w.run('docker exec web ls').stderr).toMatch(/container [0-9a-f]{64} is not running/)
})

test('more memory than is allowed ends a container, and inspect says why', () => {
  const w = world()
  expect(w.run('docker run --name oom -m 8m busybox:1.36 tail /dev/zero').exit).toBe(137)
  expect(w.run("docker inspect -f '{{.State.ExitCode}} {{.State.OOMKilled}}' oom").stdout).toBe('137 true\n')
  expect(w.run('docker run -m 1m busybox:1.36').stderr).toContain('Minimum memory limit allowed is 6MB')
})

test('when the daemon stops so do its containers; those that shall always run come back with it', () => {
  const w = world()
  w.run('docker run -d --name once nginx:1.26; docker run -d --name always --restart always nginx:1.26')
  node(w, 'systemctl stop docker')
  w.advance(1000)
  expect(node(w, 'ps -ef').stdout).not.toContain('-namespace moby')
  node(w, 'systemctl start docker')
  w.advance(2000)
  expect(w.run('docker ps --format "{{.Names}}"').stdout).toBe('always\n')
})

test('what the command line refuses, and what the daemon refuses', () => {
  const w = world()
  const refused = (line: string) => w.run(`docker run ${line}`).stderr
  w.run('docker run -d --name web nginx:1.26')
  expect(refused('--name web nginx:1.26')).toMatch(
    /^docker: Error response from daemon: Conflict\. The container name "\/web" is already in use by container "[0-9a-f]{64}"\. You have to remove \(or rename\)/,
  )
  expect(refused('--mount type=volume busybox:1.36')).toContain(
    'invalid argument "type=volume" for "--mount" flag: target is required\n\nUsage:  docker run',
  )
  expect(refused('-m lots busybox:1.36')).toContain('for "-m, --memory" flag: invalid size: \'lots\'')
  expect(refused('-p 80:80:80:80 busybox:1.36')).toContain('docker: invalid IP address: 80:80')
  expect(refused('--restart maybe nginx:1.26')).toContain("invalid restart policy: unknown policy 'maybe'")
  expect(refused('--entrypoint "" nginx:1.26')).toContain('no command specified')
  expect(refused('--cpuset-cpus 0 --rm nginx:1.26 true')).toBe(
    'WARNING: --cpuset-cpus has no effect in this simulator\n',
  )
  w.run('docker pause web')
  expect(w.run('docker rm web').stderr).toContain('container is paused and must be unpaused first')
})

test('its health is checked as often as was asked', () => {
  const w = world()
  w.run(
    'docker run -d --name a1 --health-cmd "test -e /ok" --health-interval 1s --health-retries 2 busybox:1.36 sleep 100',
  )
  const status = () => w.run('docker ps --format "{{.Status}}"').stdout
  expect(status()).toContain('(health: starting)')
  w.advance(3000)
  expect(status()).toContain('(unhealthy)')
  w.run('docker exec a1 touch /ok')
  w.advance(1500)
  expect(status()).toContain('(healthy)')
})

test('prune takes what nobody uses and says what that was', () => {
  const w = world()
  w.run('docker run --name done busybox:1.36 true; docker network create spare; docker volume create data')
  expect(w.run('echo n | docker system prune').stdout).toContain(
    '  - all networks not used by at least one container\n',
  )
  expect(w.run('docker system df').stdout).toMatch(/^Containers +1 +0 +0B +0B$/m)
  expect(w.run('docker system prune -f').stdout).toMatch(
    /^Deleted Containers:\n[0-9a-f]{64}\n\nDeleted Networks:\nspare\n\nTotal reclaimed space: 0B\n$/,
  )
  expect(w.run('docker volume prune -a -f').stdout).toContain('Deleted Volumes:\ndata\n')
})

test('every image is for linux/amd64: one who asks for another platform is told, and nothing is made', () => {
  const w = world()
  const wrong =
    'image with reference busybox:1.36 was found but its platform (linux/amd64) does not match the specified platform (linux/arm64)'
  const pulled = w.run('docker pull --platform linux/arm64/v8 busybox:1.36')
  expect(pulled).toMatchObject({ exit: 0, stdout: expect.stringContaining(`WARNING: ${wrong}\n`) })
  const run = w.run('docker run --name one --platform arm64 busybox:1.36 true')
  expect(run.stderr).toContain(`WARNING: ${wrong}\ndocker: Error response from daemon: ${wrong}\n`)
  expect(run.exit).toBe(125)
  expect(w.run('docker ps -aq -f name=one').stdout).toBe('')
  expect(w.run('docker run --platform linux/x86_64 busybox:1.36 echo here').stdout).toBe('here\n')
  expect(w.run('docker run --platform a/b/c/d busybox:1.36').stderr).toContain('invalid platform: "a/b/c/d"')
})
