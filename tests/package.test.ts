// The package as others get it: packed, installed into an empty folder without the network, and used there.
import { execFile, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { get as getHttp } from 'node:http'
import { get as getHttps } from 'node:https'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../scripts/lib/run.ts'

const execute = promisify(execFile)
const limit = 240_000
const scratch = mkdtempSync(join(tmpdir(), 'living-kubernetes-package-'))
const folder = join(scratch, 'empty')
/** This Node runs what is started, whichever the machine's own is. */
const env = { ...process.env, PATH: [dirname(process.execPath), process.env.PATH].join(delimiter) }

interface Packed {
  readonly filename: string
  readonly files: readonly { readonly path: string }[]
}
let packed: Packed

async function run(command: string, args: readonly string[], cwd = folder) {
  try {
    return { ...(await execute(command, [...args], { cwd, env })), code: 0 }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    if (typeof code !== 'number') throw error
    return { code, stdout, stderr }
  }
}

beforeAll(async () => {
  const pack = await run('npm', ['pack', '--json', '--pack-destination', scratch], root)
  expect(pack.code, pack.stderr + pack.stdout).toBe(0)
  // Of npm 11 a list, of later ones an object by name; what the build says stands before it.
  const told = JSON.parse(pack.stdout.slice(pack.stdout.search(/^[[{]\s*$/m)))
  packed = Object.values(told as Record<string, Packed>)[0]!
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
  const install = await run('npm', [
    'install',
    '--offline',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    join(scratch, packed.filename),
  ])
  expect(install.code, install.stderr).toBe(0)
}, limit)

afterAll(() => rmSync(scratch, { recursive: true, force: true }))

test('it holds licences and declarations, no sources, and brings no other package', () => {
  const paths = packed.files.map(each => each.path)
  for (const path of [
    'LICENSE',
    'NOTICE',
    'README.md',
    'dist-package/THIRD-PARTY-LICENSES.txt',
    'dist-package/types/library/index.d.ts',
    'dist-package/cli.js',
  ])
    expect(paths).toContain(path)
  expect(
    paths.filter(path => !/^(?:dist-package\/|LICENSE$|NOTICE$|README\.md$|package\.json$)/.test(path)),
  ).toEqual([])
  const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, unknown>
  }
  // What it needs is bundled: a package that the site or the tests need belongs to devDependencies.
  expect(Object.keys(lock.packages)).toEqual(['', 'node_modules/living-kubernetes'])
  const licences = readFileSync(
    join(folder, 'node_modules/living-kubernetes/dist-package/THIRD-PARTY-LICENSES.txt'),
    'utf8',
  )
  expect(licences).toMatch(/^@bufbuild\/protobuf 2[\s\S]+^@marcbachmann\/cel-js 8[\s\S]+\bre2js 2/m)
})

test('createWorld runs there, and its types are found', { timeout: limit }, async () => {
  writeFileSync(
    join(folder, 'use.ts'),
    `import { createWorld, type CommandResult } from 'living-kubernetes'
const world = createWorld({ workers: 1, seed: 3 })
world.run('kubectl create deployment web --image=nginx:1.27 --replicas=2')
world.until(() => world.object('deploy/web')?.status.readyReplicas === 2)
const result: CommandResult = world.run('kubectl get deploy')
console.log(result.output)
// @ts-expect-error: there is no such option
createWorld({ nodes: 2 })
`,
  )
  const { stdout, stderr } = await run(process.execPath, ['use.ts'])
  expect(stdout).toMatch(/^NAME +READY +UP-TO-DATE +AVAILABLE +AGE\nweb +2\/2 +2 +2 +\d+s\n/)
  expect(stderr).toContain('WorldError: There is no option nodes')
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const options = [
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2023',
    '--lib',
    'es2023,dom',
  ]
  expect(await run(process.execPath, [tsc, ...options, 'use.ts'])).toMatchObject({ stdout: '', code: 0 })
})

test('the command says what it can do, and checks manifests', { timeout: limit }, async () => {
  const cli = (...args: string[]) => run('npx', ['--offline', 'living-kubernetes', ...args])
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  expect(await cli('--version')).toMatchObject({ stdout: `${version}\n`, code: 0 })
  expect((await cli('--help')).stdout).toMatch(/^living-kubernetes COMMAND[\s\S]+cluster[\s\S]+validate/)
  expect(await cli('fly')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^There is no command fly\n/),
  })
  expect((await cli('cluster', '--help')).stdout).toMatch(/^npx living-kubernetes cluster \[/)
  writeFileSync(
    join(folder, 'pod.yaml'),
    'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: 3}\n',
  )
  const { stdout, code } = await cli('validate', '--lang', 'en', 'pod.yaml')
  expect(stdout).toMatch(/^pod\.yaml:4:\d+: error: /m)
  expect(code).toBe(1)
})

test('the command begins a cluster that answers', { timeout: limit }, async () => {
  const cli = join(folder, 'node_modules/living-kubernetes/dist-package/cli.js')
  const kubeconfig = join(scratch, 'kubeconfig')
  const child = spawn(process.execPath, [cli, 'cluster', '--port', '0', '--kubeconfig', kubeconfig], {
    cwd: folder,
    env,
  })
  try {
    const url = await new Promise<string>((resolve, reject) => {
      let text = ''
      const take = (piece: Buffer) => {
        text += piece
        const [found] = /https?:\/\/127\.0\.0\.1:\d+/.exec(text) ?? []
        if (found) resolve(found)
      }
      child.stdout.on('data', take)
      child.stderr.on('data', take)
      child.on('close', () => reject(new Error(`it has ended: ${text}`)))
    })
    const get = url.startsWith('https') ? getHttps : getHttp
    const status = await new Promise<number | undefined>((resolve, reject) =>
      get(`${url}/readyz`, { rejectUnauthorized: false } as object, answer => {
        answer.resume()
        resolve(answer.statusCode)
      }).on('error', reject),
    )
    expect(status).toBe(200)
    expect(readFileSync(kubeconfig, 'utf8')).toContain(url)
  } finally {
    child.kill('SIGINT')
  }
})
