// How containers of docker's are reached, by whom and by which name.
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

test('a container may share the network and the processes of another one, or know it by a link', () => {
  const w = world()
  w.run('docker run -d --name web nginx:1.26')
  const run = (line: string) => w.run(`docker run --rm ${line}`).stdout
  expect(run('--network container:web busybox:1.36 wget -qO- localhost')).toContain('Welcome to nginx!')
  expect(run('--pid container:web busybox:1.36 ps')).toContain('nginx -g daemon off;')
  expect(run('--link web:shop busybox:1.36 wget -qO- shop')).toContain('Welcome to nginx!')
  expect(run('--network none busybox:1.36 ip -o addr')).not.toContain('eth0')
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
