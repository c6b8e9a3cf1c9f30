// The play on a cluster, by the real kubectl against `npm run cluster`.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../lib/run.ts'

const there = spawnSync('kubectl', ['version', '--client']).status === 0
if (!there) console.log('npm run examples -- --cluster is not tried: this machine has no kubectl')
const limit = 240_000
const scratch = mkdtempSync(join(tmpdir(), 'examples-cluster-'))
// What the reader's own shell does at its start has no part in a play.
writeFileSync(join(scratch, '.bashrc'), 'echo said by .bashrc\n')
const env = { ...process.env, HOME: scratch, SHLVL: '0', KUBECONFIG: join(scratch, 'kubeconfig') }
const report = join(scratch, 'report.html')

/** Starts a script; `until` is called with all that it has printed, and ends the wait. */
function begin(args: readonly string[], until: (text: string) => boolean) {
  const child = spawn(process.execPath, [...args], { cwd: root, env })
  let text = ''
  const reached = new Promise<void>((resolve, reject) => {
    const take = (piece: Buffer) => {
      text += piece
      if (until(text)) resolve()
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.on('close', () => reject(new Error(`it has ended: ${text}`)))
  })
  const ended = new Promise<number | null>(resolve => child.on('close', resolve))
  return { child, reached, ended, output: () => text }
}
async function examples(...args: string[]) {
  const run = begin(['scripts/examples.ts', '--cluster', '--report', report, ...args], () => true)
  run.child.stdin.end()
  const code = await run.ended
  return { code, output: run.output() }
}
const namespaces = () =>
  spawnSync('kubectl', ['get', 'namespaces', '-o', 'name'], { env, encoding: 'utf8' })
    .stdout.trim()
    .split('\n')
const own = ['default', 'kube-node-lease', 'kube-public', 'kube-system'].map(name => `namespace/${name}`)

describe.skipIf(!there)('on a cluster', () => {
  let cluster: ChildProcess
  beforeAll(async () => {
    const run = begin(['scripts/cluster.ts', '--pace', '3', '--kubeconfig', env.KUBECONFIG], text =>
      text.includes('KUBECONFIG='),
    )
    cluster = run.child
    await run.reached
  }, limit)
  afterAll(() => {
    cluster?.kill('SIGKILL')
    rmSync(scratch, { recursive: true, force: true })
  })

  test('nothing happens unless somebody agrees', { timeout: limit }, async () => {
    const { code, output } = await examples('09-namespace/create')
    expect(code).toBe(2)
    expect(output).toMatch(/would be run there[\s\S]*namespaces: dev, test\n[\s\S]*--yes agrees/)
    expect(namespaces()).toEqual(own)
  })

  test('a lesson is played, compared and taken away again', { timeout: limit }, async () => {
    const { code, output } = await examples('--yes', '09-namespace/create')
    const [, same, played, skipped] =
      /on your cluster \(living-kubernetes\) (\d+) of (\d+) outputs are as printed(?:, \d+ of them a little later)?; (\d+) commands were left out/.exec(
        output,
      ) ?? []
    expect(Number(played) + Number(skipped), output).toBe(24)
    expect(Number(skipped)).toBeLessThanOrEqual(1)
    // Another version of kubectl says some things otherwise, and time is real.
    expect(Number(same)).toBeGreaterThanOrEqual(18)
    expect(code).toBe(same === played ? 0 : 1)
    const page = readFileSync(report, 'utf8')
    expect(page).toContain(`${same} of ${played} outputs are as printed`)
    expect(page).toContain('kk apply -f namespaces.yaml')
    expect(page).not.toContain('said by .bashrc')
    expect(namespaces()).toEqual(own)
  })

  test('Ctrl-C takes away what was made, and tells what there was', { timeout: limit }, async () => {
    const run = begin(
      ['scripts/examples.ts', '--cluster', '--yes', '--report', report, '04-deployment/deploy'],
      // What comes next shows a moment that is over by now, and is asked again for half a minute.
      text => text.includes('[1/18]'),
    )
    await run.reached
    expect(namespaces().filter(name => name.startsWith('namespace/examples-'))).toHaveLength(1)
    run.child.kill('SIGINT')
    expect(await run.ended).toBe(130)
    expect(run.output()).toMatch(/taking away what was made[\s\S]*\d of \d outputs are as printed/)
    expect(namespaces()).toEqual(own)
  })

  test('a context that nobody answers is said', { timeout: limit }, async () => {
    const before = env.KUBECONFIG
    env.KUBECONFIG = join(scratch, 'nothing')
    const { code, output } = await examples('--yes', '09-namespace/create')
    env.KUBECONFIG = before
    expect(code).toBe(2)
    expect(output).toContain('current-context is not set')
  })
})
