// Volumes as pods and their node see them.

import { expect, test } from 'vitest'
import type { Volume } from '../kinds/schema/types.ts'
import { stringifyYaml } from '../yaml/stringify.ts'
import { World } from './world.ts'

/** A world, and a way to run one pod with some volumes, each mounted at /NAME. */
function node() {
  const world = new World({ seed: 1 })
  const run = (command: string) => {
    const { stdout, stderr } = world.run(command)
    return stdout + stderr
  }
  let count = 0
  const start = (volumes: Volume[], container: object = {}, spec: object = {}) => {
    const name = `p${++count}`
    const volumeMounts = volumes.map(v => ({ name: v.name, mountPath: `/${v.name}` }))
    const main = {
      name: 'main',
      image: 'busybox:1.36',
      command: ['sleep', '1000000'],
      volumeMounts,
      ...container,
    }
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name },
      spec: { containers: [main], volumes, ...spec },
    }
    world.write(`${name}.yaml`, stringifyYaml(pod))
    run(`kubectl apply -f ${name}.yaml`)
    world.advance(4000)
    return {
      sh: (script: string) => run(`kubectl exec ${name} -c main -- sh -c '${script}'`),
      events: () => run(`kubectl events --for pod/${name}`),
      status: () => run(`kubectl get pod ${name} --no-headers`).split(/ +/)[2],
    }
  }
  return { world, run, start, on: (command: string) => run(`ssh k8s-node1 ${command}`) }
}

test('hostPath finds what nodes have, and says what is not of its type', () => {
  const { start } = node()
  const types: [string, string, string][] = [
    ['/data/none', 'Directory', 'a directory'],
    ['/data/none', 'File', 'a file'],
    ['/etc', 'File', 'a file'],
    ['/etc/hostname', 'Directory', 'a directory'],
    ['/etc/hostname', 'DirectoryOrCreate', 'a directory'],
    ['/etc', 'Socket', 'a socket file'],
    ['/run/containerd/containerd.sock', 'CharDevice', 'a character device'],
    ['/dev/null', 'BlockDevice', 'a block device'],
  ]
  for (const [path, type, called] of types)
    expect(start([{ name: 'v', hostPath: { path, type } }]).events(), `${path} ${type}`).toContain(
      `MountVolume.SetUp failed for volume "v" : hostPath type check failed: ${path} is not ${called}`,
    )
  expect(
    start([{ name: 'v', hostPath: { path: '/no/such/file', type: 'FileOrCreate' } }]).events(),
  ).toContain('hostPath type check failed: open /no/such/file: no such file or directory')
  const there = [
    ['/run/containerd/containerd.sock', 'Socket'],
    ['/dev/null', 'CharDevice'],
    ['/dev/vda1', 'BlockDevice'],
    ['/data/new', 'DirectoryOrCreate'],
    ['/etc/new', 'FileOrCreate'],
    ['/', 'Directory'],
  ].map(([path = '', type], i) => ({ name: `v${i}`, hostPath: { path, type } }))
  const all = start(there)
  expect(all.status()).toBe('Running')
  expect(all.sh('ls -ld /v0 /v1 /v2 /v3 /v4; cat /v5/etc/hostname')).toMatch(
    /^srw-rw---- .*\ncrw-rw-rw- .*\nbrw-rw---- .*\ndrwxr-xr-x .*\n-rw-r--r-- .*\nk8s-node1\n$/,
  )
})

test("the node's /var/log has the logs of pods, one file for each start of a container", () => {
  const { start, on, world } = node()
  start([], { command: ['sh', '-c', 'echo out; echo err >&2; sleep 2; exit 3'] })
  world.advance(20_000)
  expect(on('ls /var/log/pods')).toMatch(/^default_p1_[0-9a-f-]{36}\n(.*\n)*kube-system_kube-proxy-\w+_/)
  expect(on("'cat /var/log/pods/default_p1_*/main/1.log'")).toMatch(
    /^\d{4}-\d\d-\d\dT[\d:]+\.\d{9}Z stdout F out\n\S+ stderr F err\n$/,
  )
  expect(on("'ls -l /var/log/containers/ | grep p1_'")).toMatch(
    /^lrwxrwxrwx .* p1_default_main-[0-9a-f]{64}.log -> \/var\/log\/pods\/default_p1_[0-9a-f-]{36}\/main\/\d.log\n/,
  )
  const agent = start([{ name: 'host', hostPath: { path: '/var/log', type: 'Directory' } }])
  expect(agent.sh('cat /host/containers/p1_*.log | head -1')).toContain(' stdout F out\n')
})

test('an emptyDir in memory is as large as its limit, and counts as memory', () => {
  const { start } = node()
  const { sh } = start([
    { name: 'm', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } },
    { name: 'd', emptyDir: {} },
  ])
  expect(sh('df -h /m; df /d/; df /none; mount | grep " /m "')).toMatch(
    /^Filesystem +Size +Used Available Use% Mounted on\ntmpfs +1\.0M +0 +1\.0M +0% \/m\nFilesystem +1K-blocks +Used Available Use% Mounted on\n\/dev\/vda1 .* \/d\ntmpfs on \/m type tmpfs \(rw,relatime,size=1024k,noswap\)\ndf: \/none: can't find mount point\n/,
  )
  expect(sh('dd if=/dev/zero of=/m/big bs=1M count=2')).toContain(
    "dd: error writing '/m/big': No space left on device\n2+0 records in\n1+0 records out\n",
  )
  expect(sh('rm /m/big; echo ok > /m/small; cat /m/small; ls -ld /m /d')).toMatch(
    /^ok\ndrwxrwxrwx +2 .* \/d\ndrwxrwxrwt +2 root +root +60 .* \/m\n$/,
  )
})

test('an image is a volume that can be read', () => {
  const { world, start } = node()
  const { sh, events } = start([
    { name: 'web', image: { reference: 'nginx:1.27', pullPolicy: 'IfNotPresent' } },
  ])
  world.advance(20_000)
  expect(events()).toContain('Successfully pulled image "nginx:1.27"')
  expect(sh('head -1 /web/usr/share/nginx/html/index.html; touch /web/x')).toContain(
    '<!DOCTYPE html>\ntouch: /web/x: Read-only file system\n',
  )
  const missing = start([{ name: 'web', image: { reference: 'nginx:no-such-tag-1' } }])
  expect(missing.status()).toMatch(/ErrImagePull|ImagePullBackOff/)
})

test('variables come from a file of a volume, and what is wrong with it is said', () => {
  const { start } = node()
  const volumes = [{ name: 'd', emptyDir: {} }]
  const write = (text: string) => ({
    initContainers: [
      {
        name: 'i',
        image: 'busybox:1.36',
        command: ['sh', '-c', `printf "${text}" > /d/e`],
        volumeMounts: [{ name: 'd', mountPath: '/d' }],
      },
    ],
  })
  const env = (key: string, more: object = {}) => ({
    env: [{ name: 'X', valueFrom: { fileKeyRef: { volumeName: 'd', path: 'e', key, ...more } } }],
    volumeMounts: [],
  })
  expect(start(volumes, env('A'), write("A='one two'")).sh('echo $X')).toBe('one two\n')
  expect(start(volumes, env('B', { optional: true }), write("A='1'")).sh('echo -$X-')).toBe('--\n')
  const none = start(volumes, env('B'), write("A='1'"))
  expect([none.status(), none.events()]).toEqual([
    'CreateContainerConfigError',
    expect.stringContaining('Error: environment variable key "B" not found in file "e"'),
  ])
  expect(start(volumes, env('A'), write('A=1')).events()).toContain("Error: couldn't parse env file")
})

test('a claim that a pod wants for reading only is mounted so', () => {
  const { world, run, start } = node()
  const common = { storageClassName: 'manual', accessModes: ['ReadWriteOnce'] }
  const volume = { ...common, capacity: { storage: '1Gi' }, hostPath: { path: '/srv/pv' } }
  const claim = { ...common, resources: { requests: { storage: '1Gi' } } }
  const object = (kind: string, spec: object) =>
    stringifyYaml({ apiVersion: 'v1', kind, metadata: { name: 'one' }, spec })
  world.write(
    'pv.yaml',
    `${object('PersistentVolume', volume)}---\n${object('PersistentVolumeClaim', claim)}`,
  )
  run('kubectl apply -f pv.yaml')
  world.advance(20_000)
  const mounted = (readOnly: boolean) =>
    start([{ name: 'v', persistentVolumeClaim: { claimName: 'one', readOnly } }]).sh('touch /v/x && ls /v')
  expect(mounted(false)).toBe('x\n')
  expect(mounted(true)).toContain('touch: /v/x: Read-only file system\n')
})

test('where a claim cannot be mounted the words are about its volume, and those of a local one are its own', () => {
  const { world, run, start, on } = node()
  const bound = (name: string, source: object) => {
    const common = { accessModes: ['ReadWriteOnce'], storageClassName: name }
    const nodeSelectorTerms = [{ matchExpressions: [{ key: 'kubernetes.io/os', operator: 'Exists' }] }]
    const objects = [
      {
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: { name: `pv-${name}` },
        spec: {
          ...common,
          capacity: { storage: '1Gi' },
          nodeAffinity: { required: { nodeSelectorTerms } },
          ...source,
        },
      },
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name },
        spec: { ...common, resources: { requests: { storage: '1Gi' } } },
      },
    ]
    world.write('v.yaml', objects.map(each => stringifyYaml(each)).join('---\n'))
    run('kubectl apply -f v.yaml')
    world.advance(2000)
    return start([{ name: 'v', persistentVolumeClaim: { claimName: name } }])
  }
  const absent = bound('absent', { local: { path: '/mnt/none' } })
  expect(absent.events()).toContain(
    'MountVolume.NewMounter initialization failed for volume "pv-absent" : path "/mnt/none" does not exist',
  )
  expect(on('journalctl -u kubelet | grep NewMounter | tail -1')).toMatch(
    /Operation for "\{volumeName:kubernetes.io\/local-volume\/pv-absent podName: nodeName:\}" failed.* \(UniqueName: "kubernetes.io\/local-volume\/pv-absent"\) pod "p1"/,
  )
  expect(bound('file', { local: { path: '/etc/hostname' } }).events()).toContain(
    'MountVolume.NewMounter initialization failed for volume "pv-file" : only directory and block device are supported',
  )
  expect(bound('typed', { hostPath: { path: '/mnt/none', type: 'Directory' } }).events()).toContain(
    'MountVolume.SetUp failed for volume "pv-typed" : hostPath type check failed: /mnt/none is not a directory',
  )
  on('mkdir -p /mnt/none')
  world.advance(60_000)
  expect(absent.status()).toBe('Running')
})
