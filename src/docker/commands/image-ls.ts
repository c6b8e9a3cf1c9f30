// docker images: the names of images, and the images that have none. Filters and their words: moby daemon/images and
// opts.FilterOpt; how it is printed: cli/command/formatter/image.go.

import { sizeOf } from '../../containers/content.ts'
import { ownValue } from '../../engine/dictionary.ts'
import { formatTime } from '../../engine/engine.ts'
import { atMost, type Command } from '../command.ts'
import type { Daemon } from '../daemon/daemon.ts'
import { DaemonError, DockerError } from '../errors.ts'
import { formatted, type Row } from '../format.ts'
import { matchesPattern } from '../images/pattern.ts'
import { familiarName } from '../images/reference.ts'
import type { StoredImage } from '../images/store.ts'
import { humanSize, since } from '../units.ts'
import { imageTree } from './image-tree.ts'

const heads = {
  ID: 'IMAGE ID',
  Repository: 'REPOSITORY',
  Tag: 'TAG',
  Digest: 'DIGEST',
  CreatedSince: 'CREATED',
  CreatedAt: 'CREATED AT',
  Size: 'SIZE',
  Containers: 'CONTAINERS',
  VirtualSize: 'SIZE',
  SharedSize: 'SHARED SIZE',
  UniqueSize: 'UNIQUE SIZE',
}

/** One line of the list: an image under one of its names. */
interface Line {
  readonly stored: StoredImage
  /** `docker.io/library/nginx`, or `<none>`. */
  readonly repository: string
  readonly tag: string
  readonly digest: string
}

/**
 * The lines of an image: one for each tag; one for each digest under a repository that has no tag of it (any more), or one
 * for the repository where digests are not shown; one without a name where it has none but is kept.
 */
function* linesOf(stored: StoredImage, withDigests: boolean): Generator<Line> {
  const digestOf = (repository: string): string =>
    [...stored.digests].find(each => each.startsWith(`${repository}@`))?.split('@')[1] ?? '<none>'
  const shown = new Set<string>()
  for (const name of [...stored.tags].sort()) {
    const colon = name.lastIndexOf(':')
    const repository = name.slice(0, colon)
    shown.add(repository)
    yield { stored, repository, tag: name.slice(colon + 1), digest: digestOf(repository) }
  }
  const tagged = new Set(shown)
  for (const name of stored.digests) {
    const [repository = '', digest = ''] = name.split('@')
    if (withDigests ? tagged.has(repository) : shown.has(repository)) continue
    shown.add(repository)
    yield { stored, repository, tag: '<none>', digest }
  }
  if (shown.size === 0) yield { stored, repository: '<none>', tag: '<none>', digest: '<none>' }
}

type Test = (line: Line) => boolean

const known = new Set(['dangling', 'label', 'before', 'since', 'reference', 'until'])

/** What the filters let through; throws the daemon's words for those that are none. */
function tests(daemon: Daemon, filters: readonly string[]): Test[] {
  const byName = new Map<string, string[]>()
  for (const filter of filters) {
    const equals = filter.indexOf('=')
    const name = filter.slice(0, equals).trim().toLowerCase()
    byName.set(name, [...(byName.get(name) ?? []), filter.slice(equals + 1).trim()])
  }
  for (const name of byName.keys()) if (!known.has(name)) throw new DaemonError(`invalid filter '${name}'`)
  const all: Test[] = []
  const created = (text: string) => daemon.image(text).content.created
  for (const [name, values] of byName) {
    const last = values.at(-1)!
    if (name === 'dangling') {
      if (!/^(1|0|true|false)$/i.test(last))
        throw new DaemonError(`invalid filter 'dangling=[${values.join(' ')}]'`)
      const wanted = /^(1|true)$/i.test(last)
      all.push(({ stored }) => (stored.tags.size + stored.digests.size === 0) === wanted)
    } else if (name === 'label')
      for (const value of values) {
        const [key = '', text] = value.split(/=(.*)/s)
        all.push(({ stored }) => {
          const found = ownValue(stored.content.config.labels, key)
          return text === undefined ? found !== undefined : found === text
        })
      }
    else if (name === 'before') {
      const time = created(last)
      all.push(({ stored }) => stored.content.created < time)
    } else if (name === 'since') {
      const time = created(last)
      all.push(({ stored }) => stored.content.created > time)
    } else if (name === 'reference')
      all.push(({ repository, tag }) => {
        const familiar = familiarName(repository)
        return values.some(pattern => matchesPattern(pattern, familiar, tag))
      })
  }
  return all
}

export const imageLs: Command = {
  names: ['image ls', 'images'],
  usage: '[OPTIONS] [REPOSITORY[:TAG]]',
  arguments: atMost(1),
  flags: 'all,a digests filter,f:filter format:string no-trunc quiet,q tree',
  *run({ process, daemon, flags, args: [wanted] }) {
    const { stdout } = process
    yield* daemon.call(process, '/v1.50/images/json')
    const filters = [...flags.list('filter'), ...(wanted === undefined ? [] : [`reference=${wanted}`])]
    const accepted = tests(daemon, filters)
    const withDigests = flags.is('digests')
    const needsDigests = withDigests || flags.text('format').includes('.Digest')
    const lines = daemon.images.all
      .flatMap(stored => [...linesOf(stored, needsDigests)])
      .filter(line => accepted.every(test => test(line)))
    if (flags.is('tree')) {
      for (const flag of ['quiet', 'no-trunc', 'digests', 'format'])
        if (flags.given(flag)) throw new DockerError(`--${flag} is not yet supported with --tree`)
      stdout.write(
        `WARNING: This is an experimental feature. The output may change and shouldn't be depended on.\n${imageTree(
          daemon,
          lines.map(each => each.stored),
          process.terminal,
        )}`,
      )
      return 0
    }
    const { now } = daemon.engine
    const isWhole = flags.is('no-trunc')
    const rows = lines.map(({ stored, repository, tag, digest }): Row => {
      const size = sizeOf(stored.content)
      return {
        Containers: 'N/A',
        CreatedAt: createdAt(stored.content.created),
        CreatedSince: since(stored.content.created, now),
        Digest: withDigests || !/json/.test(flags.text('format')) ? digest : '<none>',
        ID: isWhole ? stored.id : stored.id.slice(7, 19),
        Repository: familiarName(repository),
        SharedSize: 'N/A',
        Size: humanSize(size, 3),
        Tag: tag,
        UniqueSize: 'N/A',
        VirtualSize: humanSize(size),
      }
    })
    const columns = ['Repository', 'Tag', ...(withDigests ? ['Digest'] : []), 'ID', 'CreatedSince', 'Size']
    stdout.write(
      formatted(
        { heads, columns, rows, type: '*formatter.imageContext', quiet: 'ID' },
        flags.text('format'),
        flags.is('quiet'),
      ),
    )
    return 0
  },
}

/** `2026-06-01 00:00:00 +0000 UTC` */
export const createdAt = (ms: number): string =>
  `${formatTime(Math.floor(ms / 1000) * 1000)
    .replace('T', ' ')
    .replace('Z', '')} +0000 UTC`
