// The server of `npm run cluster` held against the kubectl of the machine (KUBECTL= names another): what goes through
// streams. Both ways of it: WebSockets, and SPDY as every kubectl before 1.31 has it.
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { program, whyMissing } from './real-kubectl.ts'
import { type Served, serveCluster } from './served.ts'

const missing = whyMissing()

let served: Served
let folder: string

interface Ran {
  readonly stdout: Buffer
  readonly stderr: string
  readonly code: number | null
}

function start(args: readonly string[], environment: object = {}): ChildProcess {
  return spawn(program, args, {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, KUBECONFIG: join(folder, 'kubeconfig'), ...environment },
  })
}

async function kubectl(args: readonly string[], input?: Buffer, environment: object = {}): Promise<Ran> {
  const child = start(args, environment)
  const [out, errors]: Buffer[][] = [[], []]
  child.stdout!.on('data', bytes => out!.push(bytes))
  child.stderr!.on('data', bytes => errors!.push(bytes))
  child.stdin!.on('error', () => {})
  child.stdin!.end(input)
  const [code] = await once(child, 'close')
  return { stdout: Buffer.concat(out!), stderr: Buffer.concat(errors!).toString(), code }
}

/** What it prints, where it succeeds. */
async function printed(...args: string[]): Promise<string> {
  const { stdout, stderr, code } = await kubectl(args)
  expect([code, stderr], args.join(' ')).toEqual([0, expect.anything()])
  return stdout.toString()
}

/** Reads what a program prints until a pattern is there. */
async function reads(
  child: ChildProcess,
  pattern: RegExp,
  from: 'stdout' | 'stderr' = 'stdout',
): Promise<RegExpExecArray> {
  let text = ''
  for await (const bytes of child[from]!.iterator({ destroyOnReturn: false })) {
    text += bytes
    const match = pattern.exec(text)
    if (match) return match
  }
  throw new Error(`${pattern} did not come: ${text}`)
}

async function stop(child: ChildProcess): Promise<void> {
  child.kill('SIGINT')
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close')
}

const binary = Buffer.concat(
  Array.from({ length: 1000 }, (_, at) =>
    Buffer.concat([
      Buffer.from(Array.from({ length: 256 }, (_, i) => (i * (at + 1)) & 255)),
      Buffer.from('名🙂é'),
    ]),
  ),
)
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

const pods = `
apiVersion: v1
kind: Pod
metadata: {name: box}
spec:
  containers:
  - {name: c, image: "busybox:1.36", command: [sleep, "100000"]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers:
  - {name: c, image: "nginx:1.27", ports: [{containerPort: 80}]}
`

const rolled = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: rolled}
spec:
  replicas: 3
  minReadySeconds: 20
  selector: {matchLabels: {app: rolled}}
  template:
    metadata: {labels: {app: rolled}}
    spec: {containers: [{name: c, image: "nginx:1.27"}]}
`

beforeAll(async () => {
  if (missing) return
  served = await serveCluster()
  folder = mkdtempSync(join(tmpdir(), 'kubectl-streams-'))
  writeFileSync(join(folder, 'kubeconfig'), JSON.stringify(served.kubeconfig))
  writeFileSync(join(folder, 'pods.yaml'), pods)
  writeFileSync(join(folder, 'rolled.yaml'), rolled)
  writeFileSync(join(folder, 'binary'), binary)
  await printed('apply', '-f', 'pods.yaml')
  await printed('wait', '--for=condition=Ready', 'pod/box', 'pod/web', '--timeout=120s')
}, 60_000)
afterAll(async () => {
  if (missing) return
  rmSync(folder, { recursive: true })
  await served.close()
})
beforeEach(context => context.skip(!!missing, missing))

describe.each(['true', 'false'])('over WebSockets: %s', webSockets => {
  const environment = {
    KUBECTL_REMOTE_COMMAND_WEBSOCKETS: webSockets,
    KUBECTL_PORT_FORWARD_WEBSOCKETS: webSockets,
  }
  const run = (args: readonly string[], input?: Buffer) => kubectl(args, input, environment)

  beforeEach(() => void served?.upgrades.splice(0))
  // kubectl goes over to SPDY by itself where WebSockets are refused.
  afterEach(() => {
    const other = webSockets === 'true' ? 'SPDY/3.1' : 'websocket'
    if (!missing) expect(new Set(served.upgrades)).not.toContain(other)
    if (!missing) expect(served.upgrades.length).toBeGreaterThan(0)
  })

  test('exec: streams apart, the exit code, input to its end, every byte', async () => {
    const both = await run(['exec', 'box', '--', 'sh', '-c', 'echo out; echo err >&2; exit 3'])
    expect([both.stdout.toString(), both.stderr, both.code]).toEqual([
      'out\n',
      'err\ncommand terminated with exit code 3\n',
      3,
    ])
    const through = await run(['exec', '-i', 'box', '--', 'cat'], binary)
    expect([sha256(through.stdout), through.stderr, through.code]).toEqual([sha256(binary), '', 0])
    const inside = await run(['exec', '-i', 'box', '--', 'sha256sum'], binary)
    expect(inside.stdout.toString()).toBe(`${sha256(binary)}  -\n`)
    const none = await run(['exec', 'box', '--', 'nothere'])
    expect(none.code).not.toBe(0)
    expect(none.stderr).toContain('executable file not found in $PATH')
  })

  test('cp into a pod and back', async () => {
    const put = await run(['cp', 'binary', 'box:/tmp/binary'])
    expect([put.stderr, put.code]).toEqual(['', 0])
    const got = await run(['cp', 'box:/tmp/binary', `back-${webSockets}`])
    expect(got.code).toBe(0)
    expect(sha256(readFileSync(join(folder, `back-${webSockets}`)))).toBe(sha256(binary))
  })

  test('attach shows what a container writes, and gives it input', async () => {
    const name = `talker-${webSockets}`
    const script = 'while read line; do echo "got $line"; done; echo bye'
    const shown = await run(
      ['run', name, '-i', '--quiet', '--restart=Never', '--image=busybox:1.36', '--', 'sh', '-c', script],
      Buffer.from('one\ntwo\n'),
    )
    expect([shown.stdout.toString(), shown.code]).toEqual(['got one\ngot two\nbye\n', 0])
    const late = await run(['attach', name])
    expect(late.stderr).toContain('cannot attach a container in a completed pod; current phase is Succeeded')
  })

  test('port-forward: requests one after the other, at once, and what nobody listens on', async () => {
    await run(['cp', 'binary', 'web:/usr/share/nginx/html/binary'])
    const child = start(['port-forward', 'pod/web', ':80', ':81'], environment)
    try {
      const [, open, shut] = await reads(child, /127\.0\.0\.1:(\d+) -> 80[\s\S]*127\.0\.0\.1:(\d+) -> 81/)
      const ask = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${open}${path}`, init)
      const page = await ask('/')
      expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Welcome to nginx!')])
      const files = await Promise.all(Array.from({ length: 4 }, () => ask('/binary')))
      for (const file of files) expect(sha256(Buffer.from(await file.arrayBuffer()))).toBe(sha256(binary))
      expect((await ask('/', { method: 'POST', body: 'x' })).status).toBe(405)
      await expect(fetch(`http://127.0.0.1:${shut}/`)).rejects.toThrow()
    } finally {
      await stop(child)
    }
  })

  test('port-forward: a server of Redis answers its clients, one of another protocol says what is not carried', async () => {
    // The second way finds them there.
    await kubectl(['run', 'cache', '--image=redis:7'])
    await kubectl(['run', 'db', '--image=postgres:16', '--env=POSTGRES_PASSWORD=secret'])
    await printed('wait', '--for=condition=Ready', 'pod/cache', 'pod/db', '--timeout=120s')
    const child = start(['port-forward', 'pod/cache', ':6379'], environment)
    const other = start(['port-forward', 'pod/db', ':5432'], environment)
    try {
      const [, port] = await reads(child, /127\.0\.0\.1:(\d+) -> 6379/)
      const socket = connect(Number(port), '127.0.0.1')
      const command = (...words: string[]) =>
        `*${words.length}\r\n${words.map(word => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`
      // Several in one piece, one in several, and one as a person types it.
      const asked = `${command('SET', 'name', '名\r\n🙂')}${command('GET', 'name')}${command('DEL', 'l')}${command('LPUSH', 'l', 'b', 'a')}`
      socket.write(`${asked}${command('LRANGE', 'l', '0', '-1')}${command('NO')}`)
      const late = Buffer.from(command('GET', 'none'))
      socket.write(late.subarray(0, 7))
      setTimeout(() => socket.write(Buffer.concat([late.subarray(7), Buffer.from('PING\r\nQUIT\r\n')])), 100)
      let told = ''
      for await (const chunk of socket.setEncoding('utf8')) told += chunk
      expect(told).toMatch(
        /^\+OK\r\n\$9\r\n名\r\n🙂\r\n:[01]\r\n:2\r\n\*2\r\n\$1\r\na\r\n\$1\r\nb\r\n-ERR unknown command [^\r]*\r\n\$-1\r\n\+PONG\r\n\+OK\r\n$/,
      )
      const [, shut] = await reads(other, /127\.0\.0\.1:(\d+) -> 5432/)
      const why = reads(other, /the server there speaks that of (\w+)/, 'stderr')
      for await (const _ of connect(Number(shut), '127.0.0.1')) throw new Error('it speaks')
      expect((await why)[1]).toBe('PostgreSQL')
    } finally {
      await stop(child)
      await stop(other)
    }
  })
})

test('logs -f until the container ends', async () => {
  const script = 'for i in 1 2 3; do printf "line $i 名"; sleep 2; echo " 🙂"; done'
  await printed('run', 'writer', '--restart=Never', '--image=busybox:1.36', '--', 'sh', '-c', script)
  await printed('wait', '--for=condition=Ready', 'pod/writer', '--timeout=60s')
  expect(await printed('logs', '-f', 'writer')).toBe('line 1 名 🙂\nline 2 名 🙂\nline 3 名 🙂\n')
})

test('kubectl proxy and get --raw lead to pods and services, byte for byte', async () => {
  await printed('expose', 'pod', 'web', '--port=8080', '--target-port=80')
  await printed('cp', 'binary', 'web:/usr/share/nginx/html/proxied')
  const base = '/api/v1/namespaces/default'
  expect(await printed('get', '--raw', `${base}/pods/web:80/proxy/`)).toContain('Welcome to nginx!')
  const child = start(['proxy', '--port=0'])
  try {
    const [, port] = await reads(child, /127\.0\.0\.1:(\d+)/)
    for (const place of ['pods/web:80', 'services/web:8080']) {
      const ask = (path: string, init?: RequestInit) =>
        fetch(`http://127.0.0.1:${port}${base}/${place}/proxy${path}`, init)
      const file = await ask('/proxied?a=1&a=2')
      expect(sha256(Buffer.from(await file.arrayBuffer()))).toBe(sha256(binary))
      expect((await ask('/none')).status).toBe(404)
      const head = await ask('/', { method: 'HEAD' })
      expect([head.status, await head.text()]).toEqual([200, ''])
      expect((await ask('/', { method: 'PUT', body: binary })).status).toBe(405)
    }
  } finally {
    await stop(child)
  }
})

test('debug puts a container into a pod and talks to it', async () => {
  const { stdout, code } = await kubectl(
    ['debug', 'box', '-i', '--quiet', '--image=busybox:1.36', '-c', 'look', '--', 'head', '-n', '1'],
    Buffer.from('looked\n'),
  )
  expect([stdout.toString(), code]).toEqual(['looked\n', 0])
})

test('wait and rollout status wait for what comes', async () => {
  await printed('apply', '-f', 'rolled.yaml')
  expect(await printed('rollout', 'status', 'deployment/rolled')).toMatch(
    /Waiting for deployment "rolled" rollout to finish: [\s\S]*deployment "rolled" successfully rolled out\n$/,
  )
  const gone = kubectl(['wait', '--for=delete', 'deployment/rolled', '--timeout=120s'])
  await printed('delete', 'deployment', 'rolled')
  expect((await gone).code).toBe(0)
})

test('a pod that is deleted ends what runs in it', async () => {
  await printed('run', 'doomed', '--image=busybox:1.36', '--', 'sleep', '100000')
  await printed('wait', '--for=condition=Ready', 'pod/doomed', '--timeout=60s')
  const child = start(['exec', 'doomed', '--', 'sh', '-c', 'echo begun; sleep 100000'])
  await reads(child, /begun/)
  await printed('delete', 'pod', 'doomed', '--grace-period=1')
  if (child.exitCode === null) await once(child, 'close')
  expect(child.exitCode).toBe(137)
})
