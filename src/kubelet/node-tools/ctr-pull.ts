// ctr image pull: every 100 ms a picture of what has come, over the last one where there is a terminal. A picture shows
// what was seen of each blob, so what came between two looks counts nothing to the total. After containerd 1.6:
// cmd/ctr/commands/content/fetch.go (ShowProgress), pkg/progress.
import { configDigest } from '../../containers/content.ts'
import { endpointOf, type FoundImage, type Registry } from '../../containers/registry.ts'
import { limitWords } from '../../containers/registry-limit.ts'
import { formatTime } from '../../engine/engine.ts'
import type { Process } from '../../engine/process.ts'
import type { Random } from '../../engine/random.ts'
import { sleep, type Task } from '../../engine/task.ts'
import { ToolError } from '../../shell/command.ts'
import type { ImageManager } from '../images.ts'
import { table } from './ctr-table.ts'

/** Where an image is pulled to, and by whom. */
export interface PullPlace {
  readonly registry: Registry
  readonly images: ImageManager
  readonly disk: { readonly slowness: number }
  readonly random: Random
  readonly login: { readonly user: string; readonly password: string } | undefined
}

/** How often ctr shows what is done: recorded (recordings/docker/ctr-terminal). */
const lookMs = 100
/**
 * A request to a registry: the middle of the measured `latencies.pullAgain`; how long a dial lasts is documented (Go's
 * net/http).
 */
const askMs = 25
const dialTimeoutMs = 30_000
/** Measured at pulls of 1.3 and 21.3 MiB. */
const unpackMs = 30
const unpackMsPerMebibyte = 33

interface Blob {
  /** `layer-sha256:…` */
  readonly ref: string
  /** Bytes. */
  readonly size: number
  /** Ms after the pull began; it is known from the first on, and here from the second on. */
  readonly from: number
  readonly until: number
  /** Bytes as they were last seen. */
  seen: number
  isDone: boolean
}

export function* pullImage(process: Process, place: PullPlace, reference: string): Task<number> {
  const { stdout } = process
  const { images, disk, random } = place
  const { found, isHere } = yield* fetchImage(process, place, reference)
  const hash = found.digest.split('@')[1]!
  stdout.write(`${process.terminal ? '\n' : ''}unpacking linux/amd64 ${hash}...\n`)
  const unpack = isHere ? random.between(3, 9) : unpackingMs(found) * (random.between(900, 1100) / 1000)
  const took = unpack * disk.slowness + random.below(1_000_000) / 1e6
  yield* sleep(took)
  stdout.write(`done: ${took < 1000 ? `${took.toFixed(6)}ms` : `${(took / 1000).toFixed(9)}s`}\t\n`)
  if (!isHere) images.put(reference, found, true)
  return 0
}

/** Ms on a disk of the usual speed. */
export const unpackingMs = ({ size }: FoundImage): number => unpackMs + (unpackMsPerMebibyte * size) / 2 ** 20

/** Brings the image's blobs, with pictures of how far they are; throws what the registry says. */
export function* fetchImage(
  process: Process,
  place: PullPlace,
  reference: string,
): Task<{ readonly found: FoundImage; readonly isHere: boolean }> {
  const { images, registry, login } = place
  const found = yield* resolved(process, place, reference)
  const isHere = images.find(reference) !== undefined
  if (!isHere && registry.isLimited(reference.split('/')[0]!, login ? [login] : []))
    throw new ToolError(`ctr: ${limitWords(found)}`)
  const blobs = blobsOf(found, isHere ? 0 : images.fetchMs(found))
  const end = Math.max(...blobs.map(blob => blob.until))
  let lines = 0
  for (let elapsed = lookMs; ; elapsed += lookMs) {
    yield* sleep(elapsed === lookMs ? lookMs - askMs : lookMs)
    const text = picture(reference, blobs, elapsed, end <= elapsed)
    process.stdout.write('\x1b[1A\x1b[2K\r'.repeat(lines) + text)
    if (process.terminal) lines = height(text, process.terminal.columns)
    if (end <= elapsed) return { found, isHere }
  }
}

/** What the registry says; throws what it refuses, in containerd's words. */
function* resolved(process: Process, place: PullPlace, reference: string): Task<FoundImage> {
  const { stderr, engine, terminal } = process
  const { registry, login } = place
  const fail = (why: string, info?: { readonly message: string; readonly fields: string }): never => {
    if (info)
      stderr.write(
        terminal
          ? `\x1b[36mINFO\x1b[0m[0000] ${info.message.padEnd(44)} ${info.fields}\n`
          : `time="${formatTime(engine.now)}" level=info msg=${JSON.stringify(info.message)} ${info.fields}\n`,
      )
    throw new ToolError(`ctr: failed to resolve reference "${reference}": ${why}`)
  }
  const [, host, path = '', tag, digest] =
    /^(?:([^/]+)\/)?([^:@]+)(?::([^@]+))?(?:@(.*))?$/.exec(reference) ?? []
  if (!host && tag) fail(`parse "dummy://${reference}": invalid port ":${tag}" after host`)
  if (!host || !(tag || digest)) fail('object required')
  const machine = endpointOf(host!)
  const next = (why: string) =>
    fail(why, { message: 'trying next host', fields: `error=${JSON.stringify(why)} host=${machine.name}` })
  const request = `failed to do request: Head "https://${machine.name}/v2/${path}/manifests/${tag ?? digest}"`
  if (registry.isDown(host!)) {
    yield* sleep(dialTimeoutMs)
    next(`${request}: dial tcp ${machine.address}:443: i/o timeout`)
  }
  yield* sleep(askMs)
  const refusal = registry.refusal(reference, login ? [login] : [])
  if (!refusal) return registry.find(reference)!
  if (refusal === 'unknown-host')
    next(`${request}: dial tcp: lookup ${host!.replace(/:.*/, '')}: no such host`)
  if (refusal === 'not-found' && registry.hasRepository(`${host}/${path}`))
    fail(`${reference}: not found`, {
      message: 'trying next host - response was http.StatusNotFound',
      fields: `host=${machine.name}`,
    })
  if (refusal === 'wrong-login')
    fail(
      `unexpected status code https://${machine.name}/v2/${path}/manifests/${tag ?? digest}: 401 Unauthorized`,
    )
  const denied = 'pull access denied, repository does not exist or may require authorization: '
  return next(
    refusal === 'no-login'
      ? `${denied}authorization failed: no basic auth credentials`
      : `${denied}server message: insufficient_scope: authorization failed`,
  )
}

/** The manifest comes first; it names the configuration and the layers, which come together. `ms`: how long they take. */
function blobsOf(found: FoundImage, ms: number): Blob[] {
  const hash = found.digest.split('@')[1]!
  const blob = (ref: string, size: number, from: number, until: number): Blob => ({
    ref,
    size,
    from,
    until,
    seen: 0,
    isDone: false,
  })
  const layers = found.content?.layers ?? [
    {
      digest: configDigest({ ...found, tag: `${found.tag} layer` }),
      compressed: found.size,
    },
  ]
  const here = ms === 0 ? 0 : askMs * 2
  const whole = layers.reduce((sum, { compressed }) => sum + compressed, 1)
  return [
    blob(`manifest-${hash}`, 406, 0, here),
    ...layers.map(({ digest, compressed }) =>
      blob(`layer-${digest}`, compressed, here, here + (ms * compressed) / whole),
    ),
    blob(`config-${found.content?.id ?? configDigest(found)}`, 581, here, here),
  ]
}

/** One picture of the pull, `elapsed` ms after it began. */
function picture(reference: string, blobs: readonly Blob[], elapsed: number, isOver: boolean): string {
  const rows: string[][] = [[`${reference}:`, 'resolved', bar(1)]]
  for (const blob of blobs) {
    if (elapsed < blob.from) continue
    const isHere = isOver || elapsed >= blob.until
    // The last look only says that all is done: it asks for no sizes any more.
    if (isHere && !isOver && !blob.isDone) blob.seen = blob.size
    if (!isHere) blob.seen = Math.floor((blob.size * (elapsed - blob.from)) / (blob.until - blob.from))
    blob.isDone = isHere
    const amount = `${bytes(blob.seen).slice(0, 8).padStart(8)}/${bytes(blob.size)}`
    rows.push([
      `${blob.ref}:`,
      isHere ? 'done' : 'downloading',
      bar(isHere ? 1 : blob.seen / blob.size),
      ...(isHere ? [] : [amount]),
    ])
  }
  const total = blobs.reduce((sum, { seen }) => sum + seen, 0)
  const seconds = elapsed / 1000
  rows.push([
    `elapsed: ${seconds.toFixed(1).padEnd(4)}s`,
    `total: ${bytes(total).slice(0, 6).padStart(7)}`,
    `(${bytes(total / seconds)}/s)`,
  ])
  return table(rows, 1)
}

/** `|++++----|`, 38 marks wide; the part that is here in green. */
function bar(part: number): string {
  const filled = Math.floor(38 * part)
  return `|\x1b[32m${'+'.repeat(filled)}\x1b[0m${'-'.repeat(38 - filled)}|`
}

/** Lines of the screen that a text takes. */
const height = (text: string, columns: number): number =>
  text
    .split('\n')
    .slice(0, -1)
    .reduce((sum, line) => {
      const width = line.replace(/\x1b\[\d+m/g, '').trimEnd().length
      return sum + Math.max(1, Math.ceil(width / columns))
    }, 0)

/** `21.3 MiB` */
export function bytes(size: number): string {
  let value = size
  let unit = 0
  while (value >= 1024 && unit < 3) {
    value /= 1024
    unit++
  }
  return `${value.toFixed(1)} ${['B', 'KiB', 'MiB', 'GiB'][unit]}`
}
