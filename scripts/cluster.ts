// npm run cluster -- [--port N] [--host ADDRESS] [--workers N] [--seed N] [--pace N|asked] [--with ADD-ON,…] [--outside]
//                   [--manifests DIR] [--history FILE] [--record FILE] [--kubeconfig FILE]
//
// A simulated cluster's API server over HTTPS and a kubeconfig for it, for a real kubectl, client libraries and
// dashboards. It listens on loopback unless --host says otherwise; who has no token is not let in.
//   --workers    nodes beside the control plane (1)
//   --pace       virtual seconds a second (1); asked: time stands still, each request takes the world a second further,
//                and who waits (a watch, a followed log) is not kept waiting
//   --with       metrics, load-balancer, ingress, any-image (unknown images run as stand-ins)
//   --outside    pods reach a small made-up world outside (www.example.com)
//   --manifests  a folder whose .yaml, .yml and .json files are applied at start, in the order of their names
//   --history    begins where a session was, that was shared or downloaded from the page, or with a recording. What the
//                cluster signs is others than it was: each run has keys of its own, and a token or a certificate that was
//                typed or pasted in the session is not good in its replay
//   --record     writes requests that change something, and who asked, to a file that --history plays again
//   --kubeconfig where the kubeconfig is written
import { randomBytes } from 'node:crypto'
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { hostname, networkInterfaces, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { World } from '../src/lesson/world.ts'
import '../src/parts/preload.ts'
import { makeCertificates } from './cluster/certificate.ts'
import { type Pace, startClock } from './cluster/clock.ts'
import { kubeconfig } from './cluster/kubeconfig.ts'
import {
  type AddOn,
  addOns,
  applyManifests,
  freshWorld,
  livedWorld,
  type Made,
  readManifests,
} from './cluster/make-world.ts'
import { isRecording, recording, recordingHead, replayed } from './cluster/recording.ts'
import { randomSecrets } from './cluster/secrets.ts'
import { httpApi } from './cluster/server.ts'
import { requireNode } from './lib/node-version.ts'
import { misused, readOptions } from './lib/options.ts'
import { loopback } from './lib/serve.ts'

requireNode()
const script = import.meta.filename
const { values } = readOptions(script, {
  options: {
    port: { type: 'string', default: '0' },
    host: { type: 'string', default: loopback },
    pace: { type: 'string', default: '1' },
    workers: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    with: { type: 'string', multiple: true, default: [] },
    outside: { type: 'boolean', default: false },
    manifests: { type: 'string' },
    history: { type: 'string' },
    record: { type: 'string' },
    kubeconfig: { type: 'string', default: join(tmpdir(), 'living-kubernetes', 'kubeconfig') },
  },
})

const port = whole('port', 0, 65535)
const pace = paceOf(values.pace)
const made: Made = {
  seed: whole('seed', 0, 2 ** 31),
  epoch: Date.now(),
  workers: whole('workers', 0, 500),
  outside: values.outside,
  addOns: addOnsOf(values.with.flatMap(each => each.split(','))),
}
if (values.history !== undefined && (values.manifests !== undefined || values.record !== undefined))
  misused(script, '--history has a cluster of its own: not together with --manifests or --record')

const secrets = randomSecrets()
const world = await begun()
const { engine, api } = world.cluster
const server = serve(world)

function whole(name: 'port' | 'workers' | 'seed', least: number, most: number): number {
  const value = Number(values[name])
  if (!/^\d+$/.test(values[name]) || value < least || value > most)
    misused(script, `--${name} ${values[name]} is no whole number from ${least} to ${most}`)
  return value
}

function paceOf(text: string): Pace {
  if (text === 'asked') return text
  const pace = Number(text.replace(/^[x×]/, ''))
  if (!(pace > 0 && pace <= 10_000))
    misused(script, `--pace ${text} is no number up to 10000, and not 'asked'`)
  return pace
}

function addOnsOf(names: readonly string[]): AddOn[] {
  for (const name of names)
    if (!(addOns as readonly string[]).includes(name))
      misused(script, `There is no add-on ${name}: ${addOns.join(', ')}`)
  return names as AddOn[]
}

/** Says what is wrong with a file or with a machine that is asked for, and ends. */
function fail(error: unknown): never {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(1)
}

async function begun(): Promise<World> {
  try {
    if (values.history !== undefined) {
      const text = readFileSync(values.history, 'utf8')
      return isRecording(text) ? replayed(text, secrets) : await livedWorld(text, secrets)
    }
    const world = freshWorld(made, secrets)
    const manifests = values.manifests === undefined ? {} : readManifests(values.manifests)
    process.stdout.write(applyManifests(world, manifests))
    if (values.record !== undefined)
      writeFileSync(values.record, recordingHead(made, manifests), { mode: 0o600 })
    return world
  } catch (error) {
    fail(error)
  }
}

function serve({ cluster }: World) {
  const token = randomBytes(24).toString('base64url')
  const everywhere = values.host === '0.0.0.0' || values.host === '::'
  const ownAddresses = Object.values(networkInterfaces()).flatMap(each => each?.map(a => a.address) ?? [])
  const names = [
    ...new Set([
      ...['localhost', '127.0.0.1', '::1', 'kubernetes', 'kubernetes.default', 'kubernetes.default.svc'],
      ...(everywhere ? [hostname(), ...ownAddresses] : [values.host]),
    ]),
  ].filter(name => !name.includes('%'))
  const certificates = makeCertificates(names, Date.now())
  const clock = startClock(engine, pace)
  const file = values.record
  const served = file === undefined ? api : recording(api, cluster.engine, line => appendFileSync(file, line))
  const server = httpApi(
    { engine, api: served },
    { token, names: names.map(name => name.toLowerCase()), tls: certificates, onRequest: clock.asked },
  )
  server.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE')
      fail(`Port ${port} of ${values.host} is taken: --port names another one, 0 any that is free`)
    if (error.code === 'EACCES')
      fail(`Port ${port} needs more rights than this program has: --port names another one`)
    if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
      fail(`--host ${values.host} is no address of this machine`)
    console.error(error.message)
  })
  server.listen(port, values.host, () => {
    const { port } = server.address() as AddressInfo
    const host = everywhere ? '127.0.0.1' : values.host.includes(':') ? `[${values.host}]` : values.host
    const url = `https://${host}:${port}`
    mkdirSync(dirname(values.kubeconfig), { recursive: true })
    // A file that is there already would keep its mode, or may be somebody's link.
    rmSync(values.kubeconfig, { force: true })
    const text = kubeconfig({ server: url, ca: certificates.ca, token })
    writeFileSync(values.kubeconfig, text, { mode: 0o600, flag: 'wx' })
    console.log(`The API server of a simulated cluster is at ${url}`)
    console.log(`export KUBECONFIG=${values.kubeconfig}`)
    console.log('Ctrl-C ends it.')
  })
  return server
}

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    server.closeAllConnections()
    process.exit(0)
  })
