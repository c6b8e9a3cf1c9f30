// docker commit: an image of what a container has become (moby daemon/commit.go).
import { type ImageConfig, imageContent } from '../../containers/content.ts'
import { imageFiles } from '../../containers/image-files.ts'
import { fullName } from '../../containers/registry.ts'
import { sleep } from '../../engine/task.ts'
import { runtimeImage } from '../build/export.ts'
import { layerBetween } from '../build/layers.ts'
import type { Command } from '../command.ts'
import { containerEvent } from '../containers/events.ts'
import { commandOf } from '../containers/shown.ts'
import { pauseContainer, unpauseContainer } from '../containers/stop.ts'
import { DaemonError, DockerError } from '../errors.ts'
import { parseReference, whatIsWrong } from '../images/reference.ts'

/** `CMD ["a", "b"]` or `CMD a b`, as a Dockerfile has it. */
function words(text: string): string[] {
  if (!text.startsWith('[')) return ['/bin/sh', '-c', text]
  try {
    const list: unknown = JSON.parse(text)
    if (Array.isArray(list)) return list.map(String)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  return ['/bin/sh', '-c', text]
}

/** Instructions of `--change`. */
function changed(config: ImageConfig, changes: readonly string[]): ImageConfig {
  let result = config
  for (const change of changes) {
    const [, name = '', rest = ''] = /^\s*(\S+)\s*(.*)$/s.exec(change) ?? []
    const pairs = () => rest.match(/[^\s=]+=(?:"[^"]*"|\S*)/g)?.map(each => each.replaceAll('"', '')) ?? []
    switch (name.toUpperCase()) {
      case 'CMD':
        result = { ...result, cmd: words(rest) }
        break
      case 'ENTRYPOINT':
        result = { ...result, entrypoint: words(rest) }
        break
      case 'ENV': {
        const added = pairs().length ? pairs() : [rest.replace(/\s+/, '=')]
        const names = added.map(each => each.split('=')[0])
        result = {
          ...result,
          env: [...result.env.filter(each => !names.includes(each.split('=')[0])), ...added],
        }
        break
      }
      case 'LABEL':
        result = {
          ...result,
          labels: {
            ...result.labels,
            ...Object.fromEntries(pairs().map(each => each.split(/=(.*)/s).slice(0, 2))),
          },
        }
        break
      case 'EXPOSE': {
        const ports = rest.split(/\s+/).map(each => (each.includes('/') ? each : `${each}/tcp`))
        result = { ...result, exposed: [...new Set([...(result.exposed ?? []), ...ports])] }
        break
      }
      case 'WORKDIR':
        result = { ...result, workingDir: rest }
        break
      case 'USER':
        result = { ...result, user: rest }
        break
      case 'VOLUME':
        result = { ...result, volumes: [...(result.volumes ?? []), ...rest.split(/\s+/)] }
        break
      default:
        throw new DaemonError(`dockerfile parse error on line 1: unknown instruction: ${name.toUpperCase()}`)
    }
  }
  return result
}

export const commit: Command = {
  names: ['container commit', 'commit'],
  usage: '[OPTIONS] CONTAINER [REPOSITORY[:TAG]]',
  arguments: { from: 1, to: 2 },
  flags: 'author,a:string change,c:list message,m:string pause,p=true',
  withoutEffect: 'author',
  *run({ process, daemon, flags, args: [name = '', target] }) {
    const wrong = target === undefined ? undefined : whatIsWrong(target)
    if (wrong) throw new DockerError(wrong)
    yield* daemon.call(process, `/v1.50/commit?container=${name}`, 'POST')
    const docker = daemon.container(name)
    const { settings, files } = docker
    const base = daemon.images.get(settings.imageId)
    if (!base || !files) throw new DaemonError(`No such image: ${settings.imageId}`)
    const halts = flags.is('pause') && docker.status === 'running'
    if (halts) pauseContainer(daemon, docker)
    yield* sleep(60)
    const { now } = daemon.engine
    // What is mounted stays behind.
    const root = files.fork()
    for (const path of ['/etc/hosts', '/etc/hostname', '/etc/resolv.conf']) {
      const before = imageFiles(() => now, base)
      if (!root.exists(path)) continue
      if (before.exists(path)) root.write(path, before.read(path))
      else root.remove(path)
    }
    const layer = layerBetween(
      imageFiles(() => now, base),
      root,
      String(now),
    )
    const config = changed(
      {
        ...base.content.config,
        env: settings.env,
        entrypoint: settings.entrypoint,
        cmd: settings.cmd,
        workingDir: settings.workingDir,
        user: settings.user,
        exposed: settings.exposed,
        labels: settings.labels,
        stopSignal: settings.stopSignal || undefined,
      },
      flags.list('change'),
    )
    const comment = flags.text('message')
    const content = imageContent({
      created: now,
      config,
      layers: [...base.content.layers, layer],
      history: [
        ...base.content.history,
        { created: now, createdBy: commandOf(docker).join(' '), ...(comment && { comment }) },
      ],
      ...(comment && { comment }),
    })
    const image = runtimeImage({ base: base.image, config, root })
    const stored = daemon.images.add(content, () => image)
    if (target) daemon.images.tag(stored, fullName(parseReference(target)), now)
    if (halts) unpauseContainer(daemon, docker)
    containerEvent(daemon, docker, 'commit')
    process.stdout.write(`${stored.id}\n`)
    return 0
  },
}
