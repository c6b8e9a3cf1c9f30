// What an image consists of where that is known: its configuration, its layers and how each came to be. Its names are
// hashes of texts as the tools write them, so the same content has the same name wherever it was made.
// Formats: moby's image specification 1.2 (Config, rootfs, history) and the manifest of Docker's registry, schema 2.
import { toBytes } from '../engine/bytes.ts'
import { formatTime } from '../engine/engine.ts'
import { Random } from '../engine/random.ts'
import { sha256 } from '../engine/sha256.ts'
import type { FoundImage } from './registry.ts'

export interface Layer {
  /** `sha256:…` of the archive as it is: what a configuration names. */
  readonly diffId: string
  /** `sha256:…` of the compressed archive: what a manifest names. */
  readonly digest: string
  /** Bytes of the files in it. */
  readonly size: number
  /** Bytes of the compressed archive. */
  readonly compressed: number
}

export interface HistoryEntry {
  /** Ms since 1970. */
  readonly created: number
  readonly createdBy: string
  readonly comment?: string
  /** It changed no file, so it has no layer. */
  readonly empty?: boolean
}

export interface Healthcheck {
  readonly test: readonly string[]
  /** Ms. */
  readonly interval?: number
  readonly timeout?: number
  readonly startPeriod?: number
  readonly retries?: number
}

/** What a Dockerfile says of the containers to come. */
export interface ImageConfig {
  readonly env: readonly string[]
  readonly entrypoint?: readonly string[] | undefined
  readonly cmd?: readonly string[] | undefined
  readonly workingDir?: string | undefined
  readonly user?: string | undefined
  /** `3000/tcp` */
  readonly exposed?: readonly string[] | undefined
  readonly volumes?: readonly string[] | undefined
  readonly labels?: Readonly<Record<string, string>> | undefined
  readonly stopSignal?: string | undefined
  readonly shell?: readonly string[] | undefined
  readonly onBuild?: readonly string[] | undefined
  readonly healthcheck?: Healthcheck | undefined
}

export interface ImageContent {
  /** `sha256:…` of the configuration, which the tools call the image's id. */
  readonly id: string
  /** Ms since 1970. */
  readonly created: number
  readonly config: ImageConfig
  readonly layers: readonly Layer[]
  /** The oldest first. */
  readonly history: readonly HistoryEntry[]
  readonly comment?: string
  /** Bytes of the configuration's text. */
  readonly configSize: number
}

export const digestOf = (text: string): string => `sha256:${sha256(toBytes(text))}`

/** Bytes that the image's files take. */
export const sizeOf = (content: ImageContent): number =>
  content.layers.reduce((sum, layer) => sum + layer.size, 0)

/** RFC 3339 with the nanoseconds that a moment of this world has. */
export function nanoTime(ms: number): string {
  const nanos = Math.round((ms - Math.floor(ms / 1000) * 1000) * 1e6)
  const text = formatTime(ms)
  return nanos === 0 ? text : text.replace('Z', `.${String(nanos).padStart(9, '0').replace(/0+$/, '')}Z`)
}

const set = (names: readonly string[] | undefined) =>
  names?.length ? Object.fromEntries([...names].sort().map(name => [name, {}])) : undefined
const nanos = (ms: number | undefined) => (ms === undefined ? undefined : ms * 1e6)

/** The configuration as the tools write it, in Go's names. */
const goConfig = (config: ImageConfig): Record<string, unknown> => ({
  Hostname: undefined,
  User: config.user || undefined,
  ExposedPorts: set(config.exposed),
  Env: config.env.length ? config.env : undefined,
  Cmd: config.cmd,
  Healthcheck: config.healthcheck && {
    Test: config.healthcheck.test,
    Interval: nanos(config.healthcheck.interval),
    Timeout: nanos(config.healthcheck.timeout),
    StartPeriod: nanos(config.healthcheck.startPeriod),
    Retries: config.healthcheck.retries,
  },
  Volumes: set(config.volumes),
  WorkingDir: config.workingDir || undefined,
  Entrypoint: config.entrypoint,
  OnBuild: config.onBuild?.length ? config.onBuild : undefined,
  Labels: config.labels && Object.keys(config.labels).length ? config.labels : undefined,
  StopSignal: config.stopSignal,
  Shell: config.shell,
})

type Parts = Pick<ImageContent, 'created' | 'config' | 'layers' | 'history'>

/** The text whose hash is the image's id. */
export const configText = ({ created, config, layers, history }: Parts): string =>
  JSON.stringify({
    architecture: 'amd64',
    config: goConfig(config),
    created: nanoTime(created),
    history: history.map(each => ({
      created: nanoTime(each.created),
      created_by: each.createdBy,
      comment: each.comment,
      empty_layer: each.empty || undefined,
    })),
    os: 'linux',
    rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) },
  })

/** An image's content from its parts: named by its configuration. */
export function imageContent(parts: Parts & { readonly comment?: string }): ImageContent {
  const text = configText(parts)
  return { ...parts, id: digestOf(text), configSize: toBytes(text).length }
}

/** The manifest that docker pushes. */
export function manifestText({ id, configSize, layers }: ImageContent): string {
  return JSON.stringify(
    {
      schemaVersion: 2,
      mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
      config: { mediaType: 'application/vnd.docker.container.image.v1+json', size: configSize, digest: id },
      layers: layers.map(({ digest, compressed }) => ({
        mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
        size: compressed,
        digest,
      })),
    },
    undefined,
    3,
  )
}

/**
 * `sha256:…` of an image's configuration, which the runtimes call its id: where its content is not known, made up and
 * the same for one image.
 */
export const configDigest = (found: FoundImage): string =>
  found.content?.id ?? `sha256:${new Random(1).fork(`${found.digest} ${found.tag} config`).hex(64)}`
