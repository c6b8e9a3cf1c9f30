// The list of headers as each host understands it; nginx and Caddy themselves are asked where they are installed.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { everywhere, framed, type HostedSite, immutable, policyIn, revalidated } from './headers.ts'
import { caddy, githubPages, headersFile, nginx, type ServerOptions } from './hosts.ts'

const policy = "default-src 'self'; script-src 'self' 'sha256-abc='"
const site: HostedSite = { base: '/learn/k8s/', policy }
const page = `<meta http-equiv="Content-Security-Policy" content="${policy}">${'<p>text</p>'.repeat(300)}`

test('the policy is that of the page', () => {
  expect(policyIn(page)).toBe(policy)
  expect(policyIn(page.replaceAll("'", '&#39;'))).toBe(policy)
  expect(() => policyIn('<p>')).toThrow('no content security policy')
})

test('_headers: no header stands in two rules that match one path, but the policy of the pages for frames', () => {
  const rules = headersFile(site)
    .trim()
    .split('\n\n')
    .map(rule => {
      const [path = '', ...headers] = rule.split('\n')
      return {
        path,
        names: headers.map(each => /^ {2}([\w-]+): ./.exec(each)?.[1] ?? `not a header: ${each}`),
      }
    })
  expect(rules).toEqual([
    { path: '/learn/k8s/*', names: [...Object.keys(everywhere(site)), 'X-Frame-Options'] },
    { path: '/learn/k8s/_astro/*', names: ['Cache-Control'] },
    { path: '/learn/k8s/zh/embed/*', names: ['Content-Security-Policy'] },
    { path: '/learn/k8s/en/embed/*', names: ['Content-Security-Policy'] },
    { path: '/learn/k8s/embed.js', names: ['Access-Control-Allow-Origin'] },
  ])
  // The wider one says nothing of frames, so that both together allow what the narrower one does.
  const policies = [...headersFile(site).matchAll(/Content-Security-Policy: (.*)/g)].map(([, each]) => each)
  expect(policies).toEqual([policy, `${policy}; frame-ancestors *`, `${policy}; frame-ancestors *`])
  // As long as a line may be there.
  expect(
    Math.max(
      ...headersFile(site)
        .split('\n')
        .map(each => each.length),
    ),
  ).toBeLessThan(2000)
})

test('of GitHub Pages it is said what is lost', () => {
  for (const name of Object.keys(everywhere(site))) expect(githubPages(site)).toContain(name)
})

const freePort = (): Promise<number> =>
  new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })

interface RealServer {
  readonly name: string
  readonly configuration: (options: ServerOptions, folder: string) => string
  readonly start: (file: string, folder: string) => readonly string[]
  /** Encodings of a file that lies there in all forms, to a client that takes all. */
  readonly best: string
}

const servers: readonly RealServer[] = [
  {
    name: 'nginx',
    configuration: (options, folder) =>
      `daemon off;\npid ${folder}/pid;\nevents {}\nhttp {\naccess_log off;\n${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(each => `${each}_temp_path ${folder}/${each};\n`).join('')}${nginx(site, options)}}\n`,
    start: (file, folder) => ['-c', file, '-p', folder, '-e', `${folder}/errors`],
    best: 'gzip',
  },
  {
    name: 'caddy',
    configuration: options => `{\n  admin off\n  auto_https off\n}\n${caddy(site, options)}`,
    start: file => ['run', '--config', file, '--adapter', 'caddyfile'],
    best: 'br',
  },
]

const isInstalled = ({ name }: RealServer): boolean => !spawnSync(name, ['-v']).error
for (const each of servers)
  if (!isInstalled(each)) console.log(`skipped: ${each.name} is not installed, so it is not asked`)

describe.each(servers.filter(isInstalled))('$name', ({ name, configuration, start, best }) => {
  const folder = mkdtempSync(join(tmpdir(), 'living-kubernetes-host-'))
  const root = join(folder, 'root')
  let server: ChildProcess
  let output = ''
  let port: number
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers, redirect: 'manual' })

  beforeAll(async () => {
    const put = (path: string, data: string | Buffer): void => {
      const file = join(root, 'learn/k8s', path)
      mkdirSync(join(file, '..'), { recursive: true })
      writeFileSync(file, data)
    }
    const script = 'export {}\n'.repeat(300)
    put('index.html', page)
    put('404.html', `${page}missing`)
    put('zh/index.html', page)
    put('zh/index.md', '# 标题\n')
    put('zh/embed/index.html', page)
    put('embed.js', script)
    put('examples/pod.yaml', 'kind: Pod\n')
    put('site.webmanifest', '{}')
    put('_astro/a.Ab12.js', script)
    put('_astro/a.Ab12.js.gz', gzipSync(script))
    put('_astro/a.Ab12.js.br', brotliCompressSync(script))
    // Whoever serves may not be who runs the test.
    spawnSync('chmod', ['-R', 'a+rX', folder])
    port = await freePort()
    const file = join(folder, 'configuration')
    writeFileSync(file, configuration({ root, port, host: '127.0.0.1' }, folder))
    server = spawn(name, start(file, folder), {
      env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
    })
    for (const stream of [server.stdout, server.stderr])
      stream?.on('data', (chunk: Buffer) => {
        output += chunk.toString()
      })
    for (let i = 0; i < 300 && server.exitCode === null; i++) {
      if (await get('/learn/k8s/').catch(() => undefined)) return
      await sleep(100)
    }
    throw new Error(`${name} does not answer:\n${output}`)
  })

  afterAll(async () => {
    if (server.exitCode === null) {
      const ended = new Promise(resolve => server.once('exit', resolve))
      server.kill('SIGTERM')
      await ended
    }
    rmSync(folder, { recursive: true, force: true })
  })

  test.each([
    ['zh/', 200, 'text/html; charset=utf-8', revalidated],
    ['zh/index.md', 200, 'text/markdown; charset=utf-8', revalidated],
    ['examples/pod.yaml', 200, 'application/yaml', revalidated],
    ['site.webmanifest', 200, 'application/manifest+json', revalidated],
    ['_astro/a.Ab12.js', 200, 'text/javascript; charset=utf-8', immutable],
    ['nowhere/', 404, 'text/html; charset=utf-8', revalidated],
  ])('%s: %i %s', async (path, status, type, cache) => {
    const answer = await get(`/learn/k8s/${path}`)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe(type)
    expect(answer.headers.get('cache-control')).toBe(cache)
    for (const [header, value] of Object.entries(everywhere(site)))
      expect(answer.headers.get(header)).toBe(value)
    if (status === 404) expect(await answer.text()).toContain('missing')
  })

  test('only the pages for frames may be framed by others, only the element be loaded by them', async () => {
    const frame = await get('/learn/k8s/zh/embed/?lesson=04-deployment/04-roll-back')
    expect([frame.status, frame.headers.get('cache-control')]).toEqual([200, revalidated])
    for (const [header, value] of Object.entries(framed(site))) expect(frame.headers.get(header)).toBe(value)
    expect(frame.headers.get('content-security-policy')).toBe(`${policy}; frame-ancestors *`)
    const element = await get('/learn/k8s/embed.js')
    expect(element.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    for (const [header, value] of Object.entries(everywhere(site)))
      expect(element.headers.get(header)).toBe(value)
    const origins = async (path: string) => (await get(path)).headers.get('access-control-allow-origin')
    expect(element.headers.get('access-control-allow-origin')).toBe('*')
    expect(await Promise.all(['/learn/k8s/zh/', '/learn/k8s/_astro/a.Ab12.js'].map(origins))).toEqual([
      null,
      null,
    ])
  })

  test('what lies there compressed is sent as it lies, the rest is compressed on the way', async () => {
    const lying = await get('/learn/k8s/_astro/a.Ab12.js', { 'accept-encoding': 'gzip, br' })
    expect(lying.headers.get('content-encoding')).toBe(best)
    expect(await lying.text()).toContain('export {}')
    const page = await get('/learn/k8s/zh/', { 'accept-encoding': 'gzip' })
    expect(page.headers.get('content-encoding')).toBe('gzip')
    expect(page.headers.get('vary')?.toLowerCase()).toContain('accept-encoding')
    const plain = await get('/learn/k8s/_astro/a.Ab12.js', { 'accept-encoding': 'identity' })
    expect(plain.headers.get('content-encoding')).toBeNull()
  })

  test('a file that is the same is not sent again', async () => {
    const first = await get('/learn/k8s/zh/', { 'accept-encoding': 'identity' })
    const again = await get('/learn/k8s/zh/', {
      'accept-encoding': 'identity',
      'if-none-match': first.headers.get('etag') ?? '',
    })
    expect(again.status).toBe(304)
  })

  test('the root of the host leads to the site', async () => {
    const answer = await get('/')
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/learn/k8s/'])
  })
})
