// What an image of the catalog consists of, as far as docker shows it: layers, sizes, history. Where it was measured, that;
// else by a rule from its name and its compressed size: a base system, and a few layers upon it.
import type { HistoryEntry, ImageConfig, ImageContent, Layer } from '../../containers/content.ts'
import { configDigest } from '../../containers/content.ts'
import type { Image } from '../../containers/images/image.ts'
import type { FoundImage } from '../../containers/registry.ts'
import { Random } from '../../engine/random.ts'
import { measured } from './measured.ts'
import { familiarName } from './reference.ts'

/** An archive of files is so much larger than its compressed form. */
const expansion = 2.55
const buildkit = 'buildkit.dockerfile.v0'

const named = (key: string): { diffId: string; digest: string } => ({
  diffId: `sha256:${new Random(1).fork(`diff of ${key}`).hex(64)}`,
  digest: `sha256:${new Random(1).fork(`blob of ${key}`).hex(64)}`,
})

/** What the image's maker says, as a configuration. */
function configOf(image: Image): ImageConfig {
  const { env = {}, entrypoint, cmd, workingDir, user, ports } = image
  const list = Object.entries(env).map(([key, value]) => `${key}=${value}`)
  const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
  return {
    env: list.some(each => each.startsWith('PATH=')) ? list : [path, ...list],
    entrypoint,
    cmd,
    workingDir,
    user,
    exposed: ports?.map(port => `${port}/tcp`),
  }
}

const quoted = (words: readonly string[]): string => `[${words.map(each => JSON.stringify(each)).join(' ')}]`

/** Lines of a Dockerfile that say what a configuration holds. */
function configHistory(config: ImageConfig): string[] {
  return [
    ...config.env.filter(each => !each.startsWith('PATH=')).map(each => `ENV ${each}`),
    ...(config.workingDir ? [`WORKDIR ${config.workingDir}`] : []),
    ...(config.entrypoint?.length ? [`ENTRYPOINT ${quoted(config.entrypoint)}`] : []),
    ...(config.exposed?.length ? [`EXPOSE map[${config.exposed.map(port => `${port}:{}`).join(' ')}]`] : []),
    ...(config.user ? [`USER ${config.user}`] : []),
    ...(config.cmd?.length ? [`CMD ${quoted(config.cmd)}`] : []),
  ]
}

const days = 86_400_000

export function catalogContent(found: FoundImage, isMirror: boolean, epoch: number): ImageContent {
  if (found.content) return found.content
  const name = familiarName(found.name)
  const config = configOf(found.image)
  const known = isMirror ? measured[name] : undefined
  const id = known?.id ? `sha256:${known.id}` : configDigest(found)
  if (known) {
    const { created, configSize } = known
    const layers = known.layers.map(
      ({ key, size, compressed, digest, diffId }): Layer => ({
        ...named(key),
        ...(digest && { digest: `sha256:${digest}` }),
        ...(diffId && { diffId: `sha256:${diffId}` }),
        size,
        compressed,
      }),
    )
    const history = known.history.map(
      ({ by, layer }): HistoryEntry => ({
        created,
        createdBy: by,
        ...(by && { comment: buildkit }),
        ...(!layer && { empty: true }),
      }),
    )
    return { id, created, config, layers, history, configSize }
  }
  const random = new Random(1).fork(`content of ${found.name}`)
  const created = epoch - random.between(5, 240) * days - random.below(days)
  const isAlpine = found.image.shell === 'busybox'
  const base = isAlpine ? { key: 'alpine', bytes: 3_802_452 } : { key: 'debian', bytes: 28_231_700 }
  const parts =
    found.size <= base.bytes * 1.05
      ? [{ key: name, bytes: found.size }]
      : [base, ...split(found.size - base.bytes, random).map((bytes, i) => ({ key: `${name} ${i}`, bytes }))]
  const layers = parts.map(
    ({ key, bytes }): Layer => ({
      ...named(key),
      size: bytes < 2000 ? bytes * 2 : Math.round(bytes * expansion),
      compressed: bytes,
    }),
  )
  const history: HistoryEntry[] = [
    {
      created,
      createdBy: isAlpine
        ? 'ADD alpine-minirootfs-3.22.1-x86_64.tar.gz / # buildkit'
        : "# debian.sh --arch 'amd64' out/ 'bookworm' '@1760000000'",
      comment: buildkit,
    },
    ...layers.slice(1).map(
      (_, i): HistoryEntry => ({
        created,
        createdBy:
          i === 0 ? 'RUN /bin/sh -c set -eux; install the program # buildkit' : 'COPY files / # buildkit',
        comment: buildkit,
      }),
    ),
    ...configHistory(config).map(
      (createdBy): HistoryEntry => ({ created, createdBy, comment: buildkit, empty: true }),
    ),
  ]
  return { id, created, config, layers, history, configSize: 1200 + 180 * layers.length }
}

/** One large layer and a few small ones, as the program and its configuration make. */
function split(bytes: number, random: Random): number[] {
  const small = Array.from({ length: random.between(1, 5) }, () => random.between(300, 4000))
  const rest = bytes - small.reduce((a, b) => a + b, 0)
  return rest > 0 ? [rest, ...small] : [bytes]
}

/** The image with the digest that was measured, where one was. */
export function withMeasuredDigest(found: FoundImage, isMirror: boolean): FoundImage {
  const digest = isMirror ? measured[familiarName(found.name)]?.digest : undefined
  if (!digest) return found
  return {
    ...found,
    get image() {
      return found.image
    },
    digest: `${found.digest.split('@')[0]}@sha256:${digest}`,
  }
}

/** The tag under which a measured image has this digest. */
export const tagOfDigest = (repository: string, digest: string): string | undefined =>
  Object.entries(measured)
    .find(
      ([name, known]) =>
        name.startsWith(`${familiarName(repository)}:`) && `sha256:${known.digest}` === digest,
    )?.[0]
    .split(':')[1]
