// What containers of docker's have on their disks: images, volumes, folders of the client, what is copied and committed.
import { expect, test } from 'vitest'
import { World } from '../../lesson/world.ts'

const world = () => new World({ seed: 1 })
const node = (w: World, line: string) => w.run(`ssh k8s-master '${line}'`)

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

test('a commit is an image of what the container has become', () => {
  const w = world()
  w.run('docker run --name box busybox:1.36 sh -c "echo kept > /note"')
  expect(w.run(`docker commit -c 'CMD ["cat", "/note"]' box mine:1`).stdout).toMatch(
    /^sha256:[0-9a-f]{64}\n$/,
  )
  expect(w.run('docker run --rm mine:1').stdout).toBe('kept\n')
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
