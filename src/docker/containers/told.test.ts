// What docker tells of containers and images: inspect, events, stats.
import { expect, test } from 'vitest'
import { World } from '../../lesson/world.ts'

const world = () => new World({ seed: 1 })

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
