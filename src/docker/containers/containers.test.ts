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

test('a container whose root can only be read starts again', () => {
  const w = world()
  w.run('docker run -d --name ro --read-only busybox:1.36 sleep 1000')
  expect(
    w.run('docker restart -t 0 ro; docker exec ro sh -c "cat /etc/hostname | wc -c; touch /x"'),
  ).toMatchObject({
    stdout: 'ro\n13\n',
    stderr: 'touch: /x: Read-only file system\n',
  })
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

test('files go in and out, whether the container runs or not, and diff tells what is its own', () => {
  const w = world()
  w.run('docker create --name box busybox:1.36 sh -c "cat /tmp/note; touch /made; rm /etc/group"')
  w.run('echo hello > note; docker cp note box:/tmp/')
  expect(w.run('docker start -a box').stdout).toBe('hello\n')
  expect(w.run('docker cp box:/tmp/note copy && cat copy').stdout).toBe('hello\n')
  expect(w.run('docker diff box').stdout).toBe('C /etc\nD /etc/group\nA /made\nC /tmp\nA /tmp/note\n')
  expect(w.run('docker cp box:/nothere .').stderr).toBe(
    'Error response from daemon: Could not find the file /nothere in container box\n',
  )
  expect(w.run('docker cp note box:/no/such/x').stderr).toContain(
    'Could not find the file /no/such in container box',
  )
  expect(w.run('docker cp a b').stderr).toBe('must specify at least one container source\n')
})

test('on a network of its own a container is found by its name; the default bridge knows none, and keeps apart', () => {
  const w = world()
  w.run('docker network create app')
  w.run('docker run -d --name web --network app --network-alias shop nginx:1.26')
  const get = (options: string, host: string) =>
    w.run(`docker run --rm ${options} busybox:1.36 wget -T 3 -qO- ${host}`, { limitMs: 60_000 })
  expect(get('--network app', 'web').stdout).toContain('Welcome to nginx!')
  expect(get('--network app', 'shop').exit).toBe(0)
  expect(get('', 'web').stderr).toBe("wget: bad address 'web'\n")
  const address = w.run('docker inspect -f "{{.NetworkSettings.Networks.app.IPAddress}}" web').stdout.trim()
  expect(address).toBe('172.18.0.2')
  expect(get('', address).exit).not.toBe(0)
  expect(w.run('docker network rm app').stderr).toMatch(
    /network app has active endpoints \(name:"web" id:"[0-9a-f]{12}"\)/,
  )
  w.run('docker network connect bridge web')
  expect(get('', w.run('docker inspect -f "{{.NetworkSettings.IPAddress}}" web').stdout.trim()).exit).toBe(0)
  w.run('docker rm -f web')
  expect(w.run('docker network rm app').stdout).toBe('app\n')
})

test('a volume outlives its containers and goes only when none has it; an anonymous one goes with --rm', () => {
  const w = world()
  w.run('docker run --rm -v data:/data busybox:1.36 sh -c "echo kept > /data/x"')
  w.run('docker run --name user -v data:/data busybox:1.36 true')
  expect(
    w.run('docker run --rm -v data:/data:ro busybox:1.36 sh -c "cat /data/x; touch /data/y"'),
  ).toMatchObject({
    stdout: 'kept\n',
    stderr: 'touch: /data/y: Read-only file system\n',
  })
  expect(node(w, 'cat /var/lib/docker/volumes/data/_data/x').stdout).toBe('kept\n')
  expect(w.run('docker volume rm data').stderr).toMatch(/remove data: volume is in use - \[[0-9a-f]{64}\]/)
  w.run('docker rm user; docker run --rm -v /cache busybox:1.36 true')
  expect(w.run('docker volume ls -q').stdout).toBe('data\n')
  expect(w.run('docker volume rm data').stdout).toBe('data\n')
})

test('a folder of the client is mounted as it is there, on the workstation and on the machine', () => {
  const w = world()
  w.run('mkdir site; echo hello > site/index.html')
  expect(w.run('docker run --rm -v $PWD/site:/x busybox:1.36 cat /x/index.html').stdout).toBe('hello\n')
  expect(
    node(w, 'mkdir /srv/s; echo node > /srv/s/a; docker run --rm -v /srv/s:/x busybox:1.36 cat /x/a').stdout,
  ).toBe('node\n')
  expect(w.run('docker run --rm --mount type=bind,source=/nothere,target=/x busybox:1.36').stderr).toContain(
    'invalid mount config for type "bind": bind source path does not exist: /nothere',
  )
})

test('more memory than is allowed ends a container, and inspect says why', () => {
  const w = world()
  expect(w.run('docker run --name oom -m 8m busybox:1.36 tail /dev/zero').exit).toBe(137)
  expect(w.run("docker inspect -f '{{.State.ExitCode}} {{.State.OOMKilled}}' oom").stdout).toBe('137 true\n')
  expect(w.run('docker run -m 1m busybox:1.36').stderr).toContain('Minimum memory limit allowed is 6MB')
})

test('a published port behind which nobody listens takes the connection and breaks it off', () => {
  const w = world()
  w.run('docker run -d -p 8081:81 nginx:1.26')
  expect(node(w, 'curl -sS localhost:8081')).toMatchObject({
    exit: 56,
    stderr: 'curl: (56) Recv failure: Connection reset by peer\n',
  })
})

test('a port that is published at the loopback is not open to others', () => {
  const w = world()
  w.run('docker run -d -p 127.0.0.1:8082:80 nginx:1.26')
  expect(node(w, 'curl -s localhost:8082').exit).toBe(0)
  expect(w.run('curl -s localhost:8082').exit).toBe(0)
  expect(w.run('ssh k8s-node1 curl -s 10.0.2.2:8082').exit).toBe(7)
  expect(w.run('docker ps --format "{{.Ports}}"').stdout).toBe('127.0.0.1:8082->80/tcp\n')
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

test('inspect: a template, one that is wrong, an object that is not there', () => {
  const w = world()
  w.run('docker run -d --name hello -p 3000:3000 leigg/hellok8s:v1')
  expect(w.run("docker inspect -f '{{json .NetworkSettings.Ports}}' hello").stdout).toBe(
    '{"3000/tcp":[{"HostIp":"0.0.0.0","HostPort":"3000"},{"HostIp":"::","HostPort":"3000"}]}\n',
  )
  expect(w.run("docker inspect -f '{{.Config.ExposedPorts}}' hello").stdout).toBe('map[3000/tcp:{}]\n')
  expect(w.run("docker inspect -f '{{.Nope}}' hello")).toMatchObject({ exit: 1, stdout: '\n' })
  expect(w.run("docker inspect -f '{{.State' hello").exit).toBe(64)
  expect(w.run('docker inspect nothere')).toMatchObject({
    exit: 1,
    stdout: '[]\n',
    stderr: 'Error: No such object: nothere\n',
  })
})

test('events tell of a container from its making to its end', () => {
  const w = world()
  w.run('docker run --rm busybox:1.36 true')
  const told = w.run('docker events --since 10s --filter type=container', { forMs: 500 }).stdout
  expect(told.split('\n').map(line => line.split(' ')[2])).toEqual([
    'create',
    'start',
    'die',
    'destroy',
    undefined,
  ])
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

test('a container may share the network and the processes of another one, or know it by a link', () => {
  const w = world()
  w.run('docker run -d --name web nginx:1.26')
  const run = (line: string) => w.run(`docker run --rm ${line}`).stdout
  expect(run('--network container:web busybox:1.36 wget -qO- localhost')).toContain('Welcome to nginx!')
  expect(run('--pid container:web busybox:1.36 ps')).toContain('nginx -g daemon off;')
  expect(run('--link web:shop busybox:1.36 wget -qO- shop')).toContain('Welcome to nginx!')
  expect(run('--network none busybox:1.36 ip -o addr')).not.toContain('eth0')
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

test('a commit is an image of what the container has become', () => {
  const w = world()
  w.run('docker run --name box busybox:1.36 sh -c "echo kept > /note"')
  expect(w.run(`docker commit -c 'CMD ["cat", "/note"]' box mine:1`).stdout).toMatch(
    /^sha256:[0-9a-f]{64}\n$/,
  )
  expect(w.run('docker run --rm mine:1').stdout).toBe('kept\n')
})

test('at a terminal: a shell in a container, its end, and how to leave one that goes on', () => {
  const w = world()
  let shown = ''
  w.terminal(1).onOutput = text => {
    shown += text
  }
  const type = (...lines: string[]) => {
    for (const line of lines) {
      w.type(1, line)
      w.advance(1500)
    }
  }
  w.run('docker pull busybox:1.36')
  type('docker run -it --rm busybox:1.36 sh\n', 'tty\n', 'exit\n', 'docker ps -aq | wc -l\n')
  expect(shown).toMatch(/\/ # \/dev\/pts\/0\n\/ # 0\n$/)
  shown = ''
  type(
    'docker run -dit --name box busybox:1.36\n',
    'docker attach box\n',
    'echo hi\n',
    '\x10\x11',
    'docker ps -q | wc -l\n',
  )
  expect(shown).toMatch(/hi\n\/ # read escape sequence\n1\n$/)
})

test('Ctrl-C at a run without a terminal goes to the program; one that does not mind it is left at the third', () => {
  const w = world()
  w.run('docker pull busybox:1.36; docker pull leigg/hellok8s:v1')
  expect(w.run('docker run --rm leigg/hellok8s:v1', { forMs: 2000 }).exit).toBe(2)
  expect(w.run('docker ps -aq').stdout).toBe('')
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

test('a container of an image from scratch has the files that docker gives it, by docker and in a pod', () => {
  const w = new World({
    seed: 1,
    files: {
      'go.mod': 'module hello\n\ngo 1.26\n',
      'main.go':
        'package main\n\nimport "net/http"\n\nfunc main() {\n\thttp.ListenAndServe(":3000", http.NotFoundHandler())\n}\n',
      Dockerfile:
        'FROM golang:1.26-alpine AS b\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /m .\nFROM scratch\nCOPY --from=b /m /m\nENTRYPOINT ["/m"]\n',
    },
  })
  w.run('docker build -q -t learner/bare .')
  expect(w.run('docker run -d --name bare -p 3000:3000 learner/bare').exit).toBe(0)
  expect(w.run('curl -s localhost:3000').stdout).toBe('404 page not found\n')
  expect(w.run('docker cp bare:/etc/hostname - | wc -c').stdout).not.toBe('0\n')
  w.run('echo secret | docker login -u learner --password-stdin; docker push -q learner/bare')
  w.run('kubectl run bare --image=learner/bare; kubectl wait --for=condition=Ready pod/bare --timeout=60s')
  expect(w.run('kubectl get pod bare').stdout).toContain('1/1     Running')
})

test('docker’s own name server answers queries for containers of the same network', () => {
  const world = new World({ seed: 1 })
  const run = (line: string) => world.run(line, { limitMs: 60_000 }).stdout
  run('docker network create app; docker run -d --name web --network app nginx:1.26')
  const answer = run('docker run --rm --network app busybox:1.36 nslookup web')
  expect(answer).toMatch(/Server:\t\t127.0.0.11\n[\s\S]*Name:\tweb\nAddress: 172.18.0.2\n/)
  expect(run('docker run --rm --network app busybox:1.36 ping -c 1 web')).toMatch(
    /time=(0.\d+) ms\n[\s\S]*min\/avg\/max = \1\/\1\/\1 ms\n$/,
  )
})

test('docker stats counts the bytes that go by, and the processor that requests take', () => {
  const world = new World({ seed: 1 })
  const run = (line: string) => world.run(line, { limitMs: 60_000 }).stdout
  const look = () => {
    const [cpu = '', received = '', sent = ''] = run(
      "docker stats --no-stream --format '{{.CPUPerc}} {{.NetIO}}' web",
    ).match(/[\d.]+(?=%|B|kB)/g)!
    return { cpu: Number(cpu), received, sent }
  }
  run('docker run -d --name web -p 8080:80 nginx:1.26')
  const idle = look()
  expect(idle).toEqual({ cpu: expect.any(Number), received: '876', sent: '0' })
  expect(idle.cpu).toBeGreaterThan(0)
  expect(idle.cpu).toBeLessThan(0.2)
  run('(for i in $(seq 400); do curl -s localhost:8080 > /dev/null; sleep 0.01; done) & sleep 1')
  const busy = look()
  expect(busy.cpu).toBeGreaterThan(1)
  expect(busy.sent).not.toBe('0')
  run('docker stop web')
  expect(run("docker stats -a --no-stream --format '{{.CPUPerc}} {{.NetIO}}'")).toBe('0.00% 0B / 0B\n')
})

test('ps finds a container by the port it is reached at, or the one it listens on, as long as it runs', () => {
  const w = world()
  w.run('docker run -d --name hello -p 8080:3000 leigg/hellok8s:v1')
  const names = (flags: string) => w.run(`docker ps --format {{.Names}} ${flags}`).stdout.trim().split('\n')
  expect(names('-f publish=8080')).toEqual(['hello'])
  expect(names('-f publish=3000')).not.toContain('hello')
  expect(names('-f publish=8000-8090/tcp')).toEqual(['hello'])
  expect(names('-f expose=3000')).toEqual(['hello'])
  expect(names('-f publish=8080/udp')).not.toContain('hello')
  expect(names('-f publish=1 -f expose=3000')).toEqual(['hello'])
  expect(w.run('docker ps -f publish=http').stderr).toContain('invalid port "http"')
  w.run('docker stop hello')
  expect(names('-a -f publish=8080')).not.toContain('hello')
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

test('events tell of images: pulled, named, saved and gone, with their labels as long as they are here', () => {
  const w = new World({ seed: 1, files: { Dockerfile: 'FROM busybox:1.36\nLABEL team=blue\n' } })
  w.run(
    'docker pull busybox:1.36; docker build -t own:1 .; docker tag own:1 own:2; docker save own:1 -o own.tar',
  )
  w.run('docker rmi own:2; docker rmi own:1; docker load -i own.tar')
  const told = w
    .run(
      "docker events --since 60s --filter type=image --format '{{.Action}} {{.ID}} {{json .Actor.Attributes}}'",
      { forMs: 500 },
    )
    .stdout.replace(/sha256:[0-9a-f]{64}/g, 'ID')
  expect(told).toBe(
    [
      'pull busybox:1.36 {"name":"busybox"}',
      'tag ID {"name":"own:1","team":"blue"}',
      'tag ID {"name":"own:2","team":"blue"}',
      'save ID {"name":"ID","team":"blue"}',
      'untag ID {"name":"ID","team":"blue"}',
      'untag ID {"name":"ID","team":"blue"}',
      'delete ID {"name":"ID"}',
      'load ID {"name":"ID","team":"blue"}',
      '',
    ].join('\n'),
  )
})
