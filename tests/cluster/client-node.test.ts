// The server of `npm run cluster` held against a client library that nobody here wrote: @kubernetes/client-node.
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import * as k8s from '@kubernetes/client-node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Served, serveCluster } from './served.ts'

const namespace = 'default'
let served: Served
let config: k8s.KubeConfig
let core: k8s.CoreV1Api
let folder: string

beforeAll(async () => {
  served = await serveCluster()
  config = new k8s.KubeConfig()
  config.loadFromString(JSON.stringify(served.kubeconfig))
  core = config.makeApiClient(k8s.CoreV1Api)
  folder = mkdtempSync(join(tmpdir(), 'client-node-'))
  await makePod('box', { image: 'busybox:1.36', command: ['sleep', '100000'] })
  await makePod('web', { image: 'nginx:1.27', ports: [{ containerPort: 80 }] })
  await isReady('box')
  await isReady('web')
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await served.close()
})

const makePod = (name: string, container: Omit<k8s.V1Container, 'name'>, spec: Partial<k8s.V1PodSpec> = {}) =>
  core.createNamespacedPod({
    namespace,
    body: { metadata: { name }, spec: { containers: [{ name: 'c', ...container }], ...spec } },
  })

/** Watches until a pod is as it should be. */
async function until(name: string, holds: (pod: k8s.V1Pod, phase: string) => boolean): Promise<void> {
  const watch = new k8s.Watch(config)
  await new Promise<void>((resolve, reject) => {
    const begun = watch.watch(
      `/api/v1/namespaces/${namespace}/pods`,
      { fieldSelector: `metadata.name=${name}` },
      (phase, pod: k8s.V1Pod) => {
        if (!holds(pod, phase)) return
        begun.then(controller => controller.abort(), reject)
        resolve()
      },
      () => {},
    )
    begun.catch(reject)
  })
}

const isReady = (name: string) =>
  until(name, ({ status }) => !!status?.conditions?.some(c => c.type === 'Ready' && c.status === 'True'))

/** All bytes, with invalid UTF-8 among them, several times over. */
const binary = Buffer.concat(
  Array.from({ length: 400 }, (_, at) =>
    Buffer.concat([
      Buffer.from(Array.from({ length: 256 }, (_, i) => (i * (at + 1)) & 255)),
      Buffer.from('名🙂é'),
    ]),
  ),
)
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

interface Ran {
  readonly stdout: Buffer
  readonly stderr: string
  readonly status: k8s.V1Status
}

async function exec(command: string[], stdin?: Buffer): Promise<Ran> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const out: Buffer[] = []
  stdout.on('data', (bytes: Buffer) => out.push(bytes))
  const errors = text(stderr)
  const input = stdin && new PassThrough()
  const status = await new Promise<k8s.V1Status>((resolve, reject) => {
    new k8s.Exec(config)
      .exec(namespace, 'box', 'c', command, stdout, stderr, input ?? null, false, resolve)
      .catch(reject)
    input?.end(stdin)
  })
  return { stdout: Buffer.concat(out), stderr: await errors, status }
}

test('makes, reads, lists with labels and fields, replaces and deletes objects', async () => {
  const made = await core.createNamespacedConfigMap({
    namespace,
    body: { metadata: { name: 'a', labels: { of: 'lists' } }, data: { x: '1' } },
  })
  expect(made.metadata!.uid).toMatch(/^[0-9a-f-]{36}$/)
  expect(made.metadata!.creationTimestamp).toBeInstanceOf(Date)
  await core.replaceNamespacedConfigMap({ name: 'a', namespace, body: { ...made, data: { x: '2' } } })
  const { items } = await core.listNamespacedConfigMap({ namespace, labelSelector: 'of=lists' })
  expect(items.map(({ data }) => data)).toEqual([{ x: '2' }])
  const stale = core.replaceNamespacedConfigMap({ name: 'a', namespace, body: made })
  await expect(stale).rejects.toMatchObject({ code: 409 })
  await core.deleteNamespacedConfigMap({ name: 'a', namespace })
  await expect(core.readNamespacedConfigMap({ name: 'a', namespace })).rejects.toMatchObject({ code: 404 })
})

test('pages through long lists', async () => {
  const names = Array.from({ length: 7 }, (_, at) => `page-${at}`)
  for (const name of names)
    await core.createNamespacedConfigMap({ namespace, body: { metadata: { name, labels: { of: 'pages' } } } })
  const found: string[] = []
  let _continue: string | undefined
  do {
    const list = await core.listNamespacedConfigMap({
      namespace,
      labelSelector: 'of=pages',
      limit: 3,
      ...(_continue && { _continue }),
    })
    found.push(...list.items.map(({ metadata }) => metadata!.name!))
    _continue = list.metadata!._continue
  } while (_continue)
  expect(found).toEqual(names)
})

test('an informer sees what is there, what comes, what changes and what goes', async () => {
  const path = `/api/v1/namespaces/${namespace}/configmaps`
  const labelSelector = 'of=informer'
  const make = (name: string) =>
    core.createNamespacedConfigMap({
      namespace,
      body: { metadata: { name, labels: { of: 'informer' } }, data: { x: '1' } },
    })
  await make('before')
  const informer = k8s.makeInformer(
    config,
    path,
    () => core.listNamespacedConfigMap({ namespace, labelSelector }),
    labelSelector,
  )
  const seen: string[] = []
  const gone = new Promise<void>(resolve => {
    informer.on('add', ({ metadata }) => seen.push(`add ${metadata!.name}`))
    informer.on('update', ({ metadata, data }) => seen.push(`update ${metadata!.name} ${data!.x}`))
    informer.on('delete', ({ metadata }) => {
      seen.push(`delete ${metadata!.name}`)
      resolve()
    })
  })
  await informer.start()
  await make('after')
  await core.patchNamespacedConfigMap(
    { name: 'after', namespace, body: { data: { x: '2' } } },
    k8s.setHeaderOptions('Content-Type', k8s.PatchStrategy.MergePatch),
  )
  await core.deleteNamespacedConfigMap({ name: 'after', namespace })
  await gone
  expect(seen).toEqual(['add before', 'add after', 'update after 2', 'delete after'])
  expect(informer.list(namespace)?.map(({ metadata }) => metadata!.name)).toEqual(['before'])
  await informer.stop()
})

test('patches in four ways', async () => {
  const apps = config.makeApiClient(k8s.AppsV1Api)
  const labels = { app: 'patched' }
  await apps.createNamespacedDeployment({
    namespace,
    body: {
      metadata: { name: 'patched' },
      spec: {
        replicas: 0,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { containers: [{ name: 'one', image: 'nginx:1.27' }] },
        },
      },
    },
  })
  const patch = async (strategy: k8s.PatchStrategy, body: unknown, options: object = {}) => {
    const { spec } = await apps.patchNamespacedDeployment(
      { name: 'patched', namespace, body, ...options },
      k8s.setHeaderOptions('Content-Type', strategy),
    )
    return [spec!.replicas, spec!.template.spec!.containers.map(c => `${c.name}=${c.image}`)]
  }
  const one = 'one=nginx:1.27'
  expect(
    await patch(k8s.PatchStrategy.JsonPatch, [{ op: 'replace', path: '/spec/paused', value: true }]),
  ).toEqual([0, [one]])
  expect(await patch(k8s.PatchStrategy.MergePatch, { spec: { paused: false } })).toEqual([0, [one]])
  const two = { spec: { template: { spec: { containers: [{ name: 'two', image: 'busybox:1.36' }] } } } }
  expect(await patch(k8s.PatchStrategy.StrategicMergePatch, two)).toEqual([0, ['two=busybox:1.36', one]])
  const applied = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'patched' },
    spec: { replicas: 0, minReadySeconds: 7 },
  }
  await patch(k8s.PatchStrategy.ServerSideApply, applied, { fieldManager: 'first' })
  const refused = patch(
    k8s.PatchStrategy.ServerSideApply,
    { ...applied, spec: { minReadySeconds: 8 } },
    { fieldManager: 'second' },
  )
  await expect(refused).rejects.toMatchObject({ code: 409 })
  await patch(
    k8s.PatchStrategy.ServerSideApply,
    { ...applied, spec: { minReadySeconds: 8 } },
    { fieldManager: 'second', force: true },
  )
  const { metadata, spec } = await apps.readNamespacedDeployment({ name: 'patched', namespace })
  expect(spec!.minReadySeconds).toBe(8)
  expect(metadata!.managedFields!.find(f => f.manager === 'second')?.operation).toBe('Apply')
})

test('objects of any kind by KubernetesObjectApi, applied server-side', async () => {
  const objects = k8s.KubernetesObjectApi.makeApiClient(config)
  const spec: k8s.V1ConfigMap = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'applied', namespace },
    data: { x: '1' },
  }
  const made = await objects.patch(
    spec,
    undefined,
    undefined,
    'tests',
    true,
    k8s.PatchStrategy.ServerSideApply,
  )
  expect(made.data).toEqual({ x: '1' })
  expect((await objects.read({ ...spec, metadata: { name: 'applied', namespace } })).kind).toBe('ConfigMap')
})

test('runs commands: output apart, exit codes, input to its end', async () => {
  const both = await exec(['sh', '-c', 'echo out; echo err >&2; exit 3'])
  expect([both.stdout.toString(), both.stderr]).toEqual(['out\n', 'err\n'])
  expect(both.status).toMatchObject({
    status: 'Failure',
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: '3' }] },
  })
  const counted = await exec(['wc', '-c'], Buffer.from('名前\n'))
  expect([counted.stdout.toString().trim(), counted.status.status]).toEqual(['7', 'Success'])
})

test('carries every byte, in and out', async () => {
  const { stdout } = await exec(['cat'], binary)
  expect(sha256(stdout)).toBe(sha256(binary))
  const inside = await exec(['sha256sum'], binary)
  expect(inside.stdout.toString()).toBe(`${sha256(binary)}  -\n`)
})

/** The library's cp tells nobody when it is done; this says so. */
class ToldExec extends k8s.Exec {
  done: Promise<unknown> | undefined

  override exec(
    ...[namespace, pod, container, command, stdout, stderr, stdin, tty, tell]: Parameters<k8s.Exec['exec']>
  ) {
    const written = stdout && once(stdout, 'finish')
    const { promise, resolve } = Promise.withResolvers<unknown>()
    this.done = promise
    return super.exec(namespace, pod, container, command, stdout, stderr, stdin, tty, status =>
      resolve(Promise.all([tell?.(status), written])),
    )
  }
}

test('copies files into a pod and back', async () => {
  const [there, back] = [join(folder, 'there'), join(folder, 'back')]
  mkdirSync(there)
  writeFileSync(join(there, 'binary'), binary)
  const told = new ToldExec(config)
  const cp = new k8s.Cp(config, told)
  await cp.cpToPod(namespace, 'box', 'c', there, '/tmp')
  await told.done
  expect((await exec(['sha256sum', '/tmp/binary'])).stdout.toString()).toBe(
    `${sha256(binary)}  /tmp/binary\n`,
  )
  await cp.cpFromPod(namespace, 'box', 'c', 'binary', back, '/tmp')
  await told.done
  expect(sha256(readFileSync(join(back, 'binary')))).toBe(sha256(binary))
})

test('a terminal shows what is typed, edits it, and has the size it is told', async () => {
  const stdin = new PassThrough()
  const stdout = Object.assign(new PassThrough(), { rows: 40, columns: 30 })
  let shown = ''
  stdout.on('data', bytes => {
    shown += bytes
  })
  const prompt = async () => {
    while (!shown.endsWith('/ # ')) await once(stdout, 'data')
    const before = shown
    shown = ''
    return before
  }
  const status = new Promise<k8s.V1Status>((resolve, reject) => {
    new k8s.Exec(config).exec(namespace, 'box', 'c', ['sh'], stdout, null, stdin, true, resolve).catch(reject)
  })
  await prompt()
  stdin.write('echo helloo\x7f you\r')
  expect(await prompt()).toBe('echo helloo\b \b you\r\nhello you\r\n/ # ')
  stdin.write('echo begun; sleep 100000\r')
  while (!shown.endsWith('\r\nbegun\r\n')) await once(stdout, 'data')
  stdin.write('\x03')
  expect(await prompt()).toMatch(/begun\r\n\^C(?:\r\n)?\/ # $/)
  stdin.write('ls /\r')
  const listed = (await prompt()).split('\r\n').slice(1, -1)
  expect(listed.length).toBeGreaterThan(1)
  expect(Math.max(...listed.map(line => line.length))).toBeLessThanOrEqual(30)
  stdin.write('exit 4\r')
  expect((await status).details!.causes![0]!.message).toBe('4')
})

test('attaches to what a container writes, and gives it input', async () => {
  await makePod('talker', {
    image: 'busybox:1.36',
    stdin: true,
    stdinOnce: true,
    command: ['sh', '-c', 'while read line; do echo "got $line"; done; echo bye'],
  })
  await isReady('talker')
  const [stdin, stdout] = [new PassThrough(), new PassThrough()]
  const shown = text(stdout)
  await new k8s.Attach(config).attach(namespace, 'talker', 'c', stdout, null, stdin, false)
  stdin.end('one\ntwo\n')
  expect(await shown).toBe('got one\ngot two\nbye\n')
})

test('logs, whole and followed to their end', async () => {
  await makePod(
    'writer',
    {
      image: 'busybox:1.36',
      command: ['sh', '-c', 'for i in 1 2 3; do printf "line $i 名"; sleep 2; echo " 🙂"; done'],
    },
    { restartPolicy: 'Never' },
  )
  await isReady('writer')
  const followed = new PassThrough()
  await new k8s.Log(config).log(namespace, 'writer', 'c', followed, { follow: true })
  const all = await text(followed)
  expect(all).toBe('line 1 名 🙂\nline 2 名 🙂\nline 3 名 🙂\n')
  expect(await core.readNamespacedPodLog({ name: 'writer', namespace })).toBe(all)
  expect(await core.readNamespacedPodLog({ name: 'writer', namespace, tailLines: 1 })).toBe('line 3 名 🙂\n')
})

test('forwards a port', async () => {
  const [input, output, errors] = [new PassThrough(), new PassThrough(), new PassThrough()]
  const forward = new k8s.PortForward(config)
  await forward.portForward(namespace, 'web', [80], output, errors, input)
  input.write('GET / HTTP/1.1\r\nHost: web\r\nConnection: close\r\n\r\n')
  let page = ''
  for await (const bytes of output) {
    page += bytes
    if (page.includes('</html>')) break
  }
  expect(page).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
  expect(page).toContain('<title>Welcome to nginx!</title>')
})

test('a lease has one holder, and of several who would have it next the first one', async () => {
  const leases = config.makeApiClient(k8s.CoordinationV1Api)
  const name = 'leader'
  const now = () => new k8s.V1MicroTime(served.cluster.engine.now)
  const made = await leases.createNamespacedLease({
    namespace,
    body: {
      metadata: { name },
      spec: { holderIdentity: 'one', leaseDurationSeconds: 15, acquireTime: now(), renewTime: now() },
    },
  })
  const again = leases.createNamespacedLease({ namespace, body: { metadata: { name } } })
  await expect(again).rejects.toMatchObject({ code: 409 })
  const take = (lease: k8s.V1Lease, holderIdentity: string) =>
    leases.replaceNamespacedLease({
      name,
      namespace,
      body: { ...lease, spec: { ...lease.spec, holderIdentity, renewTime: now() } },
    })
  const renewed = await take(made, 'one')
  // Both have seen it as it is; the second of them comes too late.
  const second = await take(renewed, 'two')
  await expect(take(renewed, 'three')).rejects.toMatchObject({ code: 409 })
  expect([second.spec!.holderIdentity, second.spec!.leaseDurationSeconds]).toEqual(['two', 15])
})

test('what runs in a pod that is deleted ends with its status', async () => {
  await makePod('doomed', { image: 'busybox:1.36', command: ['sleep', '100000'] })
  await isReady('doomed')
  const stdout = new PassThrough()
  const status = new Promise<k8s.V1Status>((resolve, reject) => {
    new k8s.Exec(config)
      .exec(
        namespace,
        'doomed',
        'c',
        ['sh', '-c', 'echo begun; sleep 100000'],
        stdout,
        null,
        null,
        false,
        resolve,
      )
      .catch(reject)
  })
  await new Promise(resolve => stdout.once('data', resolve))
  await core.deleteNamespacedPod({ name: 'doomed', namespace, gracePeriodSeconds: 1 })
  expect((await status).details!.causes).toEqual([{ reason: 'ExitCode', message: '137' }])
})
